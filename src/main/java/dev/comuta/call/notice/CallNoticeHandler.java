package dev.comuta.call.notice;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.client.ClientStore;
import dev.comuta.mail.Mailer;
import dev.comuta.people.UserStore;
import dev.comuta.people.UserStore.UserRef;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Mails an internal user about a call. The mail names the call, its session and its channel, and nothing of the caller. A
 * mail whose sending had no answer is not repeated.
 */
@ApplicationScoped
class CallNoticeHandler implements TaskHandler {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Transactions transactions;
    private final ChannelDirectory channels;
    private final ClientStore clients;
    private final UserStore users;
    private final Mailer mailer;

    CallNoticeHandler(
            Transactions transactions, ChannelDirectory channels, ClientStore clients, UserStore users, Mailer mailer) {
        this.transactions = transactions;
        this.channels = channels;
        this.clients = clients;
        this.users = users;
        this.mailer = mailer;
    }

    /** A mail. */
    private record Mail(String address, String clientName, String channelNumber) {}

    @Override
    public Set<TaskType> types() {
        return Set.of(CallNoticeTasks.MAIL);
    }

    @Override
    public Duration timeLimit() {
        return LIMIT;
    }

    @Override
    public boolean changesOtherSystems() {
        return true;
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        if (task.unfinished()) {
            return Uni.createFrom().item(new Outcome.Failed("an earlier attempt may have sent the mail"));
        }
        return transactions
                .statementsInTenant(task.clientId(), tx -> find(tx, task))
                .chain(mail -> mail == null ? Uni.createFrom().item(Outcome.nothingToDo()) : send(task, mail));
    }

    /** {@return the mail, or null when the user wants none} */
    private Uni<Mail> find(Tx tx, ClaimedTask task) {
        UserRef user = new UserRef(task.clientId(), task.requestedId(CallNotices.USER_ID));
        return users.findHandOverAddress(tx, user)
                .chain(address -> address == null ? Uni.createFrom().nullItem() : mail(tx, task, address));
    }

    private Uni<Mail> mail(Tx tx, ClaimedTask task, String address) {
        return channels.getAttendance(tx, task.requestedId(CallNotices.CHANNEL_ID))
                .chain(channel -> clients.findActiveName(tx, task.clientId())
                        .map(name -> name == null ? null : new Mail(address, name, channel.channelIdentifier())));
    }

    private Uni<Outcome> send(ClaimedTask task, Mail mail) {
        CallNotice notice = CallNotice.of(task.requestData().getString(CallNotices.NOTICE));
        if (notice == null) {
            throw new PermanentFailure("RequestData names no notice");
        }
        String text = "%s%n%nChamada: %d%nConversa: %d%nCanal: %s%n"
                .formatted(
                        notice.sentence(),
                        task.requestedId(CallNotices.CALL_ID),
                        task.sessionId(),
                        mail.channelNumber());
        task.calling();
        return mailer.send(List.of(mail.address()), notice.subject() + ": " + mail.clientName(), text)
                .replaceWith(Outcome.nothingToDo());
    }
}
