package dev.comuta.message;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelReports;
import dev.comuta.channel.OutboundChannel;
import dev.comuta.channel.Provider;
import dev.comuta.message.MessageSender.KnownIds;
import dev.comuta.message.MessageSender.OutgoingMessage;
import dev.comuta.message.MessageSender.PreviousAttempts;
import dev.comuta.message.OutboundMessages.Outbound;
import dev.comuta.message.content.Content;
import dev.comuta.message.file.MessageFiles;
import dev.comuta.message.pace.SendingPace;
import dev.comuta.message.pace.SendingPace.PacedChannel;
import dev.comuta.message.pace.Throttled;
import dev.comuta.message.rule.RefusedMessage;
import dev.comuta.message.rule.SendingRules;
import dev.comuta.message.rule.SentContent;
import dev.comuta.message.rule.TemplateForm;
import dev.comuta.message.rule.WindowEnd;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.problem.UnknownOutcome;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Effects;
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
import java.util.Optional;
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
    private final MessageFiles files;
    private final SendingPace pace;
    private final WindowEnd windowEnd;
    private final SentContent contents;
    private final ChannelReports reports;
    private final Tasks tasks;
    private final DeliveryConfig config;

    SendMessageHandler(
            Senders senders,
            Transactions transactions,
            MessageStore messages,
            ChannelDirectory channels,
            MessageFiles files,
            SendingPace pace,
            WindowEnd windowEnd,
            SentContent contents,
            ChannelReports reports,
            Tasks tasks,
            DeliveryConfig config) {
        this.senders = senders;
        this.transactions = transactions;
        this.messages = messages;
        this.channels = channels;
        this.files = files;
        this.pace = pace;
        this.windowEnd = windowEnd;
        this.contents = contents;
        this.reports = reports;
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
     * @param content the content in the form in which it is sent
     * @param linked the same with a link to its file
     * @param delay zero when it may be sent now
     */
    private record PreparedMessage(
            Outbound message,
            OutboundChannel channel,
            Content content,
            Content linked,
            PreviousAttempts earlier,
            Duration delay) {

        private PreparedMessage after(Duration delay) {
            return new PreparedMessage(message, channel, content, linked, earlier, delay);
        }
    }

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
                .chain(this::paced)
                .ifNoItem()
                .after(config.readTimeLimit())
                .failWith(() -> new TransientFailure("the message was not read in time"))
                .chain(prepared -> answer(task, prepared));
    }

    private Uni<Outcome> answer(ClaimedTask task, PreparedMessage prepared) {
        if (prepared == null) {
            return Uni.createFrom().item(Outcome.nothingToDo());
        }
        if (prepared.channel() == null) {
            return Uni.createFrom().item(cancel(prepared.message()));
        }
        if (isLate(prepared) && !task.unfinished()) {
            return Uni.createFrom().item(new Outcome.Failed(SendingRules.WINDOW_ENDED));
        }
        return prepared.delay().isZero()
                ? send(task, prepared)
                : Uni.createFrom().item(new Outcome.Postponed(prepared.delay(), "the channel sends at its limit"));
    }

    private boolean isLate(PreparedMessage prepared) {
        Outbound message = prepared.message();
        return SendingRules.isLate(
                message.content(),
                message.windowOpen(),
                prepared.channel().pace().hasWindow(),
                senderOf(prepared).map(MessageSender::hasWindow).orElse(false));
    }

    /** Counts the message, unless the channel or the pair is at its limit. */
    private Uni<PreparedMessage> paced(PreparedMessage prepared) {
        PacedChannel limited = prepared == null || prepared.channel() == null ? null : limitsOf(prepared);
        return limited == null
                ? Uni.createFrom().item(prepared)
                : pace.take(limited, prepared.message().endUserId()).map(prepared::after);
    }

    private PacedChannel limitsOf(PreparedMessage prepared) {
        return pace.limitsOf(
                prepared.channel(),
                senderOf(prepared).map(MessageSender::isPaced).orElse(false));
    }

    private Outcome cancel(Outbound message) {
        return new Outcome.Done(null, tx -> messages.cancelReplies(tx, message.clientId(), List.of(message.messageId()))
                .replaceWithVoid());
    }

    /**
     * An attempt of unknown outcome may have reached the provider. A message after the window leaves the end user
     * without an answer, so people get the session.
     */
    @Override
    public Uni<Void> onFailed(Tx tx, ClaimedTask task, String cause) {
        return windowEnd.handOff(tx, task, cause).chain(() -> settleFailed(tx, task, cause));
    }

    private Uni<Void> settleFailed(Tx tx, ClaimedTask task, String cause) {
        return task.hasUnknownOutcome()
                ? messages.uncertain(tx, task.clientId(), OutboundMessages.referenceIn(task))
                        .replaceWithVoid()
                : messages.failed(tx, task.clientId(), OutboundMessages.referenceIn(task), cause);
    }

    /** Whether the provider accepted the message and reported later that it failed. */
    @Override
    public Uni<Boolean> mayBeRedone(Tx tx, ClaimedTask task) {
        return Uni.createFrom()
                .item(() -> OutboundMessages.referenceIn(task))
                .chain(message -> messages.hasFailed(tx, task.clientId(), message))
                .onFailure(PermanentFailure.class)
                .recoverWithItem(false);
    }

    @Override
    public Uni<Void> onRetried(Tx tx, ClaimedTask task) {
        return messages.reopen(tx, task.clientId(), OutboundMessages.referenceIn(task));
    }

    private Uni<PreparedMessage> find(Tx tx, ClaimedTask task) {
        return messages.find(tx, task.clientId(), OutboundMessages.referenceIn(task))
                .chain(message -> message == null || !message.pending()
                        ? Uni.createFrom().nullItem()
                        : prepare(tx, task, message));
    }

    private Uni<PreparedMessage> prepare(Tx tx, ClaimedTask task, Outbound message) {
        if (message.withdrawn() && !task.unfinished()) {
            return Uni.createFrom().item(new PreparedMessage(message, null, null, null, null, Duration.ZERO));
        }
        return channels.getOutbound(tx, message.channelId(), message.channelVersion())
                .chain(channel -> contents.of(
                                tx, channel.ref(), message.content(), message.byAssistant(), form(channel))
                        .chain(content -> files.linked(tx, message.clientId(), content)
                                .map(linked -> new PreparedMessage(
                                        message,
                                        channel,
                                        content,
                                        linked,
                                        previousAttempts(task, message),
                                        Duration.ZERO))));
    }

    private Optional<TemplateForm> form(OutboundChannel channel) {
        return senders.of(channel.provider()).flatMap(MessageSender::templateForm);
    }

    /** An attempt that waited for the channel's pace does not count, and may follow one of unknown outcome. */
    private PreviousAttempts previousAttempts(ClaimedTask task, Outbound message) {
        boolean mayHaveArrived = task.unfinished() || message.retried();
        return task.attempt() == 1 && !mayHaveArrived
                ? null
                : new PreviousAttempts(message.writtenAt(), mayHaveArrived, ids -> knownIds(message, ids));
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
        MessageSender sender = requireSender(prepared);
        task.calling();
        return sender.send(new OutgoingMessage(
                        message.reference(),
                        prepared.channel(),
                        message.recipient(),
                        prepared.linked(),
                        message.replyTo(),
                        task.unfinished(),
                        prepared.earlier()))
                .<Outcome>map(providerId -> new Outcome.Done(null, tx -> messages.sent(tx, message, providerId)))
                .onFailure(UnknownOutcome.class)
                .recoverWithItem(() -> confirmLater(message))
                .onFailure(Throttled.class)
                .recoverWithUni(refusal -> slowDown(prepared, refusal))
                .onFailure(RefusedMessage.class)
                .recoverWithUni(refusal -> refused(prepared, refusal));
    }

    /** The refusal is a definite answer, so the message fails even if the report about the channel is not stored. */
    private Uni<Outcome> refused(PreparedMessage prepared, RefusedMessage refusal) {
        Outbound message = prepared.message();
        Effects explained = tx -> messages.refused(tx, message.clientId(), message.reference(), refusal.report());
        Outcome outcome = refusal.passing()
                ? new Outcome.Retry(refusal.retryAfter(), refusal.getMessage(), explained)
                : new Outcome.Failed(refusal.getMessage(), explained);
        return refusal.report().concernsChannel()
                ? reports.broken(prepared.channel().ref(), refusal.getMessage())
                        .onFailure()
                        .recoverWithNull()
                        .replaceWith(outcome)
                : Uni.createFrom().item(outcome);
    }

    /** The refusal is a definite answer, so the message is sent later even if the refusal is not stored. */
    private Uni<Outcome> slowDown(PreparedMessage prepared, Throttled refusal) {
        PacedChannel limited = limitsOf(prepared);
        Duration least = refusal.retryAfter().orElse(null);
        return limited == null
                ? Uni.createFrom().item(new Outcome.Postponed(least, refusal.getMessage()))
                : pace.slowDown(limited, prepared.message().endUserId(), refusal)
                        .onFailure()
                        .recoverWithItem(least)
                        .map(wait -> new Outcome.Postponed(wait, refusal.getMessage()));
    }

    /** Checks the message in a later task, so that this task ends and the next messages of the session do not wait. */
    private Outcome confirmLater(Outbound message) {
        return new Outcome.Done(
                null, tx -> tasks.request(tx, ConfirmSendingHandler.of(message, config.confirmationTime())));
    }

    private Optional<MessageSender> senderOf(PreparedMessage prepared) {
        return senders.of(prepared.channel().provider());
    }

    private MessageSender requireSender(PreparedMessage prepared) {
        Provider provider = prepared.channel().provider();
        if (prepared.message().recipient() == null) {
            throw new PermanentFailure("the end user has no phone number and no id at the provider");
        }
        return senderOf(prepared)
                .filter(sender -> canSend(sender, prepared.content()))
                .orElseThrow(
                        () -> new PermanentFailure("the provider " + provider.stored() + " cannot send this content"));
    }

    /** A plain INSERT may have written a text that is too long and has no parts. */
    private static boolean canSend(MessageSender sender, Content content) {
        return sender.objection(content) == null
                && !(content instanceof Content.Text text && !text.hasAtMost(sender.maxText()));
    }
}
