package dev.comuta.message;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.OutboundChannel;
import dev.comuta.channel.Provider;
import dev.comuta.message.MessageSender.KnownIds;
import dev.comuta.message.MessageSender.OutgoingMessage;
import dev.comuta.message.MessageSender.PreviousAttempts;
import dev.comuta.message.OutboundMessages.Outbound;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.problem.UnknownOutcome;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import dev.comuta.task.Tasks;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Sends one message (architecture: the straight path, step 6). A message that is no longer 'Pendente' is not sent, nor
 * is a withdrawn one, unless an earlier attempt may have sent it.
 */
@ApplicationScoped
class SendMessageHandler implements TaskHandler {

    private final Senders senders;
    private final Transactions transactions;
    private final MessageStore messages;
    private final ChannelDirectory channels;
    private final Tasks tasks;
    private final DeliveryConfig config;

    SendMessageHandler(
            Senders senders,
            Transactions transactions,
            MessageStore messages,
            ChannelDirectory channels,
            Tasks tasks,
            DeliveryConfig config) {
        this.senders = senders;
        this.transactions = transactions;
        this.messages = messages;
        this.channels = channels;
        this.tasks = tasks;
        this.config = config;
    }

    /**
     * Reading and sending end within the time limit of an attempt, which would cancel a request that may arrive
     * nevertheless.
     */
    void check(@Observes StartupEvent start) {
        Duration needed = config.readTimeLimit().plus(senders.longestSend());
        if (needed.compareTo(config.timeLimit()) >= 0) {
            throw new ConfigurationException("comuta.delivery.time-limit must exceed " + needed.toMillis()
                    + " ms: comuta.delivery.read-time-limit and the longest request that sends a message");
        }
    }

    /**
     * A message, its channel, and data to find earlier attempts, which is null when there were none.
     *
     * @param channel null when the message is not to be sent, because it was withdrawn
     */
    private record PreparedMessage(Outbound message, OutboundChannel channel, PreviousAttempts earlier) {}

    @Override
    public Set<TaskType> types() {
        return Set.of(MessageTasks.SEND_MESSAGE);
    }

    @Override
    public Duration timeLimit() {
        return config.timeLimit();
    }

    @Override
    public int maxAttempts() {
        return config.attempts();
    }

    @Override
    public boolean changesOtherSystems() {
        return true;
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        return transactions
                .statementsInTenant(task.clientId(), tx -> find(tx, task))
                .ifNoItem()
                .after(config.readTimeLimit())
                .failWith(() -> new TransientFailure("the message was not read in time"))
                .chain(prepared -> answer(task, prepared));
    }

    private Uni<Outcome> answer(ClaimedTask task, PreparedMessage prepared) {
        if (prepared == null) {
            return Uni.createFrom().item(Outcome.nothingToDo());
        }
        return prepared.channel() == null
                ? Uni.createFrom().item(new Outcome.Done(null, tx -> cancel(tx, prepared.message())))
                : send(task, prepared);
    }

    private Uni<Void> cancel(Tx tx, Outbound message) {
        return messages.cancelReplies(tx, message.clientId(), List.of(message.messageId()))
                .replaceWithVoid();
    }

    /** An attempt of unknown outcome may have reached the provider. */
    @Override
    public Uni<Void> onFailed(Tx tx, ClaimedTask task, String cause) {
        return task.hasUnknownOutcome()
                ? messages.uncertain(tx, task.clientId(), task.requestedId("messageId"))
                        .replaceWithVoid()
                : messages.failed(tx, task.clientId(), task.requestedId("messageId"));
    }

    @Override
    public Uni<Void> onRetried(Tx tx, ClaimedTask task) {
        return messages.reopen(tx, task.clientId(), task.requestedId("messageId"));
    }

    private Uni<PreparedMessage> find(Tx tx, ClaimedTask task) {
        return messages.find(tx, task.clientId(), task.requestedId("messageId"))
                .chain(message -> message == null || !message.pending()
                        ? Uni.createFrom().nullItem()
                        : prepare(tx, task, message));
    }

    private Uni<PreparedMessage> prepare(Tx tx, ClaimedTask task, Outbound message) {
        if (message.withdrawn() && !task.unfinished()) {
            return Uni.createFrom().item(new PreparedMessage(message, null, null));
        }
        return channels.getOutbound(tx, message.channelId(), message.channelVersion())
                .map(channel -> new PreparedMessage(message, channel, previousAttempts(task, message)));
    }

    private PreviousAttempts previousAttempts(ClaimedTask task, Outbound message) {
        return task.attempt() == 1 && !message.retried()
                ? null
                : new PreviousAttempts(
                        message.writtenAt(), task.unfinished() || message.retried(), ids -> knownIds(message, ids));
    }

    private Uni<KnownIds> knownIds(Outbound message, List<String> ids) {
        return transactions
                .statementsInTenant(message.clientId(), tx -> messages.knownIds(tx, message, ids))
                .ifNoItem()
                .after(PreviousAttempts.LOOKUP_LIMIT)
                .failWith(() -> new TransientFailure("the ids of other messages were not read in time"));
    }

    private Uni<Outcome> send(ClaimedTask task, PreparedMessage prepared) {
        Outbound message = prepared.message();
        MessageSender sender = senderOf(prepared);
        task.calling();
        return sender.send(new OutgoingMessage(
                        message.messageId(),
                        prepared.channel(),
                        message.recipient(),
                        message.content(),
                        task.unfinished(),
                        prepared.earlier()))
                .map(providerId -> new Outcome.Done(null, tx -> messages.sent(tx, message, providerId)))
                .onFailure(UnknownOutcome.class)
                .recoverWithItem(() -> new Outcome.Done(null, tx -> confirmLater(tx, message)))
                .map(Outcome.class::cast);
    }

    /** Checks the message in a later task, so that this task ends and the next messages of the session do not wait. */
    private Uni<Void> confirmLater(Tx tx, Outbound message) {
        return tasks.request(tx, ConfirmSendingHandler.of(message, config.confirmationTime()));
    }

    private MessageSender senderOf(PreparedMessage prepared) {
        Provider provider = prepared.channel().provider();
        if (prepared.message().recipient() == null) {
            throw new PermanentFailure("the end user has no phone number and no id at the provider");
        }
        return senders.of(provider)
                .filter(sender -> sender.supports(prepared.message().content()))
                .orElseThrow(
                        () -> new PermanentFailure("the provider " + provider.stored() + " cannot send this content"));
    }
}
