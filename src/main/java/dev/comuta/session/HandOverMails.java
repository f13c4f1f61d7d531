package dev.comuta.session;

import dev.comuta.client.ClientStore;
import dev.comuta.people.UserStore;
import dev.comuta.people.UserStore.UserRef;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.task.NewTask;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Requests a mail to each person who should answer in a session that was handed over: its broker, or the administrators
 * when it has no broker with an address. Each mail is a task of its own, so that no mail is repeated for another's sake.
 */
@ApplicationScoped
class HandOverMails implements SessionListener {

    static final String USER_ID = "userId";

    private static final String BROKER = "select UserID from Sessions where SessionID = $1 and ClientID = $2";

    private final ClientStore clients;
    private final UserStore users;
    private final Tasks tasks;

    HandOverMails(ClientStore clients, UserStore users, Tasks tasks) {
        this.clients = clients;
        this.users = users;
        this.tasks = tasks;
    }

    @Override
    public Uni<Void> waitsForPeople(Tx tx, SessionRef session) {
        return clients.mailsHandOvers(tx, session.clientId())
                .chain(wanted -> Unis.when(wanted, () -> requestAll(tx, session)));
    }

    private Uni<Void> requestAll(Tx tx, SessionRef session) {
        return recipients(tx, session).chain(all -> InOrder.each(all, user -> tasks.request(tx, task(session, user))));
    }

    private Uni<List<UserRef>> recipients(Tx tx, SessionRef session) {
        return tx.find(BROKER, row -> row.getLong(0), session.sessionId(), session.clientId())
                .chain(broker -> users.findHandOverRecipients(tx, session.clientId(), broker));
    }

    private static NewTask task(SessionRef session, UserRef user) {
        return NewTask.of(SessionTasks.HAND_OVER_MAIL)
                .client(session.clientId())
                .session(session.sessionId())
                .data(new JsonObject().put(USER_ID, user.userId()))
                .dedupeKey("aviso-transferencia:" + session.sessionId() + ":" + user.userId());
    }
}
