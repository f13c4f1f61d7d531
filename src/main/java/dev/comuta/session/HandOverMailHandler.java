package dev.comuta.session;

import dev.comuta.channel.BusinessHours;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelDirectory.Attendance;
import dev.comuta.client.ClientStore;
import dev.comuta.mail.Mailer;
import dev.comuta.people.UserStore;
import dev.comuta.people.UserStore.UserRef;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Effects;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Mails a person that a session waits for people. The mail names the session and its channel, and contains nothing that
 * its end user wrote. A mail whose sending had no answer is not repeated.
 */
@ApplicationScoped
class HandOverMailHandler implements TaskHandler {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** No row when the session is closed, was given back, or a person acted in it meanwhile. */
    private static final String WAITING = """
            select ChannelID from Sessions
            where SessionID = $1 and ClientID = $2 and EndTime is null and HandedOffAt is not null
              and coalesce(PersonActedAt < HandedOffAt, true)""";

    private final Transactions transactions;
    private final ChannelDirectory channels;
    private final ClientStore clients;
    private final UserStore users;
    private final Mailer mailer;
    private final Clock clock;

    HandOverMailHandler(
            Transactions transactions,
            ChannelDirectory channels,
            ClientStore clients,
            UserStore users,
            Mailer mailer,
            Clock clock) {
        this.transactions = transactions;
        this.channels = channels;
        this.clients = clients;
        this.users = users;
        this.mailer = mailer;
        this.clock = clock;
    }

    /** A mail without its recipient. */
    private record HandOver(long sessionId, String clientName, Attendance channel) {

        String subject() {
            return "Conversa à espera de atendimento: " + clientName;
        }

        String text(boolean closed) {
            String outOfHours = closed ? "O canal está fora do horário de atendimento.\n" : "";
            return "Uma conversa espera por uma pessoa.\n\nConversa: %d\nCanal: %s\n%s"
                    .formatted(sessionId, channel.channelIdentifier(), outOfHours);
        }
    }

    @Override
    public Set<TaskType> types() {
        return Set.of(SessionTasks.HAND_OVER_MAIL);
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
        UserRef user = new UserRef(task.clientId(), task.requestedId(HandOverMails.USER_ID));
        return transactions
                .statementsInTenant(task.clientId(), tx -> users.findHandOverAddress(tx, user))
                .chain(address -> address == null ? nothingToDo() : mail(task, address));
    }

    private Uni<Outcome> mail(ClaimedTask task, String address) {
        return transactions
                .statementsInTenant(task.clientId(), tx -> find(tx, task))
                .chain(handOver -> handOver == null ? nothingToDo() : send(task, address, handOver));
    }

    private Uni<HandOver> find(Tx tx, ClaimedTask task) {
        return tx.find(WAITING, row -> row.getLong(0), task.sessionId(), task.clientId())
                .chain(channel -> channel == null ? Uni.createFrom().nullItem() : channels.getAttendance(tx, channel))
                .chain(channel -> channel == null
                        ? Uni.createFrom().nullItem()
                        : clients.findActiveName(tx, task.clientId())
                                .map(name -> new HandOver(task.sessionId(), name, channel)));
    }

    private Uni<Outcome> send(ClaimedTask task, String address, HandOver handOver) {
        BusinessHours hours = handOver.channel().hours();
        boolean closed = hours != null && hours.closedSince(clock.instant()) != null;
        task.calling();
        return mailer.send(List.of(address), handOver.subject(), handOver.text(closed))
                .replaceWith(new Outcome.Done(null, Effects.NONE));
    }

    private static Uni<Outcome> nothingToDo() {
        return Uni.createFrom().item(Outcome.nothingToDo());
    }
}
