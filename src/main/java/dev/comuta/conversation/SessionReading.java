package dev.comuta.conversation;

import dev.comuta.event.EventList;
import dev.comuta.event.EventView;
import dev.comuta.platform.EntityTx;
import dev.comuta.platform.Page;
import dev.comuta.platform.PageRequest;
import dev.comuta.platform.TenantRows;
import dev.comuta.platform.Transactions;
import dev.comuta.task.TaskList;
import dev.comuta.task.TaskView;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.function.Function;

/** Reads sessions and what belongs to one. */
@ApplicationScoped
class SessionReading {

    private static final TenantRows<StoredSession> SESSIONS = new TenantRows<>(StoredSession.class, "session");
    private static final TenantRows<StoredMessage> MESSAGES = new TenantRows<>(StoredMessage.class, "message");

    private final Transactions transactions;

    SessionReading(Transactions transactions) {
        this.transactions = transactions;
    }

    Uni<Page<SessionView>> list(long clientId, PageRequest page, SessionFilter filter) {
        return transactions
                .inTenant(clientId, tx -> SESSIONS.of(clientId)
                        .with("endUserId", filter.endUserId())
                        .with("channelId", filter.channelId())
                        .with("userId", filter.userId())
                        .with("sessionType", filter.sessionType())
                        .withNull("endTime", filter.open())
                        .withNull("handedOffAt", filter.handedOff() == null ? null : !filter.handedOff())
                        .page(tx, page, StoredSession::sessionId))
                .map(sessions -> sessions.map(StoredSession::view));
    }

    Uni<SessionView> get(long clientId, long sessionId) {
        return transactions
                .inTenant(clientId, tx -> SESSIONS.get(tx, clientId, sessionId))
                .map(StoredSession::view);
    }

    Uni<MessageView> message(Sessions.Place place, long messageId) {
        return transactions.inTenant(place.clientId(), tx -> message(tx, place, messageId));
    }

    static Uni<SessionView> session(EntityTx tx, Sessions.Place place) {
        return SESSIONS.get(tx, place.clientId(), place.sessionId()).map(StoredSession::view);
    }

    static Uni<MessageView> message(EntityTx tx, Sessions.Place place, long messageId) {
        return MESSAGES.getBy(tx, place.clientId(), Map.of("id", messageId, "sessionId", place.sessionId()))
                .map(StoredMessage::view);
    }

    Uni<Page<MessageView>> messages(long clientId, long sessionId, PageRequest page, MessageFilter filter) {
        return ofSession(clientId, sessionId, tx -> MESSAGES.of(clientId)
                        .with("sessionId", sessionId)
                        .with("senderType", filter.senderType())
                        .with("contentType", filter.contentType())
                        .with("status", filter.status())
                        .page(tx, page, StoredMessage::messageId))
                .map(messages -> messages.map(StoredMessage::view));
    }

    Uni<Page<EventView>> events(long clientId, long sessionId, PageRequest page) {
        return ofSession(clientId, sessionId, tx -> EventList.ofSession(tx, clientId, sessionId, page, null));
    }

    Uni<Page<TaskView>> tasks(long clientId, long sessionId, PageRequest page) {
        TaskList.Filter filter = new TaskList.Filter(null, null, sessionId);
        return ofSession(clientId, sessionId, tx -> TaskList.page(tx, clientId, page, filter));
    }

    private <T> Uni<T> ofSession(long clientId, long sessionId, Function<EntityTx, Uni<T>> reading) {
        return transactions.inTenant(
                clientId, tx -> SESSIONS.get(tx, clientId, sessionId).chain(session -> reading.apply(tx)));
    }
}
