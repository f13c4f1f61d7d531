package dev.comuta.session;

import dev.comuta.event.EventList;
import dev.comuta.event.EventView;
import dev.comuta.platform.db.EntityTx;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.rest.TenantRows;
import dev.comuta.task.TaskList;
import dev.comuta.task.TaskView;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/** Reads sessions, and the events and tasks of a session. */
@ApplicationScoped
class SessionReading {

    private static final TenantRows<StoredSession> SESSIONS = new TenantRows<>(StoredSession.class, "session");

    private final Transactions transactions;

    SessionReading(Transactions transactions) {
        this.transactions = transactions;
    }

    Uni<Page<SessionView>> list(long clientId, PageRequest page, SessionFilter filter, SessionOrder order) {
        return transactions.inTenant(clientId, tx -> SessionList.page(tx, clientId, page, filter, order));
    }

    Uni<SessionView> get(long clientId, long sessionId) {
        return transactions
                .inTenant(clientId, tx -> SESSIONS.get(tx, clientId, sessionId))
                .map(StoredSession::view);
    }

    Uni<Page<EventView>> events(long clientId, long sessionId, PageRequest page) {
        return ofSession(clientId, sessionId, tx -> EventList.ofSession(tx, clientId, sessionId, page, null));
    }

    Uni<Page<TaskView>> tasks(long clientId, long sessionId, PageRequest page) {
        TaskList.Filter filter = new TaskList.Filter(null, null, sessionId);
        return ofSession(clientId, sessionId, tx -> TaskList.page(tx, clientId, page, filter));
    }

    private <T> Uni<T> ofSession(long clientId, long sessionId, Function<EntityTx, Uni<T>> read) {
        return transactions.inTenant(
                clientId, tx -> SESSIONS.get(tx, clientId, sessionId).chain(session -> read.apply(tx)));
    }
}
