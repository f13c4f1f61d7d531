package dev.comuta.message;

import dev.comuta.event.EventType;
import dev.comuta.message.MessageSender.KnownIds;
import dev.comuta.message.OutboundMessages.Draft;
import dev.comuta.message.OutboundMessages.Outbound;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.ContentColumns;
import dev.comuta.message.content.DeliveryReport;
import dev.comuta.message.content.MessageReference;
import dev.comuta.message.content.TextParts.Range;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.session.SessionRef;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** Statements of the table Messages. The caller locks the session's row before it writes. */
@ApplicationScoped
public class MessageStore {

    private static final String APPEND = """
            insert into Messages (SessionID, ClientID, SenderType, ContentType, Content, ContentData, Timestamp,
                                  OrderedAt, Status, TurnTaskID, Context)
            values ($1, $2, $3, $4, $5, $6, clock_timestamp(), clock_timestamp(), 'Pendente', $7, $8)
            returning MessageID, comuta_session_is_call(SessionID) as spoken""";

    /** 0 is the id of no turn: nobody answers it. */
    private static final String RECEIVE = """
            insert into Messages (SessionID, ClientID, SenderType, ContentType, Content, ContentData, Timestamp,
                                  OrderedAt, TurnTaskID)
            values ($1, $2, 'Usuário-Cliente', $3, $4, $5, clock_timestamp(), clock_timestamp(), 0)
            returning MessageID, comuta_record_event(
                $2, $1, 'MensagemRecebida', jsonb_build_object('MessageID', MessageID::text))""";

    private static final String FIND = "select * from comuta_outgoing_message($1, $2)";

    /** An id of the provider belongs to one message, of whichever session. */
    private static final String TAKEN_IDS = """
            select o.ProviderMessageID
            from Messages o
            where o.ProviderMessageID = any ($3) and o.ClientID = $2 and o.MessageID <> $1
              and o.SenderType <> 'Usuário-Cliente'
            union all
            select p.ProviderMessageID
            from MessageParts p
            where p.ProviderMessageID = any ($3) and p.ClientID = $2 and (p.MessageID, p.No) <> ($1, coalesce($4, 0))
            union all
            select unnest(p.FailedProviderIDs)
            from MessageParts p
            where p.MessageID = $1 and p.ClientID = $2 and p.No = $4
            union all
            select unnest(m.FailedProviderIDs)
            from Messages m
            where m.MessageID = $1 and m.ClientID = $2""";

    /** Changes only 'Pendente' and 'Incerta': a status that the provider reported remains. $5 is the event, if any. */
    private static final String SETTLE = """
            with settled as (
                update Messages m
                set Status = case when b.open then $3 else m.Status end,
                    ProviderMessageID = coalesce(m.ProviderMessageID, $4)
                from (select MessageID, coalesce(Status in ('Pendente', 'Incerta'), false) as open from Messages
                      where MessageID = $1 and ClientID = $2 for no key update) b
                where m.MessageID = b.MessageID
                returning m.MessageID, m.ClientID, m.SessionID, b.open
            )
            select open, case when open and $5::text is not null then comuta_record_event(
                ClientID, SessionID, $5, jsonb_build_object('MessageID', MessageID::text)) end
            from settled""";

    private static final String EXPLAIN = """
            update Messages
            set Delivery = coalesce(Delivery, '{}') || jsonb_build_object('Falhou', $3::jsonb)
            where MessageID = $1 and ClientID = $2""";

    /** A report of the provider about the failure, which may have arrived earlier, is not changed. */
    private static final String REFUSED = """
            update Messages
            set Delivery = coalesce(Delivery, '{}')
                || jsonb_build_object('Falhou', coalesce(Delivery -> 'Falhou', '{}') || $3::jsonb)
            where MessageID = $1 and ClientID = $2 and Delivery #> '{Falhou,errorCode}' is null""";

    /** Moves the provider's id to the failed ones, because the next attempt gets another id. */
    private static final String REOPEN = """
            update Messages
            set Status = 'Pendente', ProviderMessageID = null, Delivery = null,
                FailedProviderIDs = array_remove(coalesce(FailedProviderIDs, '{}') || ProviderMessageID, null)
            where MessageID = $1 and ClientID = $2 and Status in ('Falhou', 'Incerta')""";

    /** The message of an erased end user has nothing that could be sent. */
    private static final String HAS_FAILED = """
            select Status = 'Falhou' and ProviderMessageID is distinct from 'apagado'
            from Messages where MessageID = $1 and ClientID = $2""";

    private static final String UNIDENTIFIED = """
            select count(*)::integer
            from Messages m
            join Messages o on o.SessionID = m.SessionID and o.MessageID < m.MessageID
            where m.MessageID = $1 and m.ClientID = $2
              and o.SenderType <> 'Usuário-Cliente' and o.ProviderMessageID is null and o.Content = m.Content
              and o.Status in ('Pendente', 'Incerta')""";

    private static final String CANCEL_REPLIES = """
            with canceled as (
                update Messages set Status = 'Cancelada'
                where ClientID = $1 and MessageID = any ($2) and SenderType = 'Assistente' and Status = 'Pendente'
                  and not exists (select from MessageParts p where p.MessageID = Messages.MessageID and p.Status <> 'Pendente')
                returning MessageID, ClientID, SessionID
            )
            select MessageID, comuta_record_event(
                ClientID, SessionID, 'MensagemCancelada', jsonb_build_object('MessageID', MessageID::text))
            from canceled order by MessageID""";

    /** In a call nothing is answered when more was said since: the turn of the last words answers all of them. */
    private static final String MARK_ANSWERED = """
            update Messages set TurnTaskID = $1
            where SessionID = $2 and ClientID = $3 and MessageID = any ($4) and TurnTaskID is null
              and comuta_assistant_answers($2)
              and not (comuta_session_is_call($2) and exists (
                  select from Messages n
                  where n.SessionID = $2 and n.ClientID = $3 and n.SenderType = 'Usuário-Cliente'
                    and n.TurnTaskID is null and n.MessageID <> all ($4)))""";

    private static final String UNANSWERED = """
            select from Messages
            where SessionID = $1 and ClientID = $2 and MessageID = any ($3) and TurnTaskID is null
              and comuta_assistant_answers($1)
            limit 1""";

    /** A canceled message was not sent. */
    private static final String LAST_WRITTEN = """
            select m.Content from Messages m
            where m.SessionID = $1 and m.ClientID = $2 and m.SenderType <> 'Usuário-Cliente'
              and m.Status is distinct from 'Cancelada'
            order by m.MessageID desc limit 1""";

    /** 0 is the id of no task. */
    private static final String MARK_ANSWERED_BY_PEOPLE = """
            update Messages set TurnTaskID = 0
            where SessionID = $1 and ClientID = $2 and SenderType = 'Usuário-Cliente' and TurnTaskID is null""";

    private static final String WRITTEN_BY =
            "update Messages set SenderUserID = $3 where MessageID = $1 and ClientID = $2";

    private final PartStore parts = new PartStore();

    /** Adds a message of the end user that no assistant answers, with its event; returns its id. */
    public Uni<Long> receive(Tx tx, SessionRef session, Content content) {
        return tx.find(
                RECEIVE,
                row -> row.getLong(0),
                session.sessionId(),
                session.clientId(),
                content.contentType(),
                content.readableText(),
                content.data());
    }

    /**
     * An added message.
     *
     * @param spoken whether it is spoken in a call, so that no task sends it
     */
    record Appended(long messageId, boolean spoken) {}

    /** Adds an outgoing message that is 'Pendente'. */
    Uni<Appended> append(Tx tx, Draft draft) {
        return tx.find(
                APPEND,
                row -> new Appended(row.getLong("messageid"), row.getBoolean("spoken")),
                draft.sessionId(),
                draft.clientId(),
                draft.sender().stored(),
                draft.content().contentType(),
                draft.content().readableText(),
                draft.content().data(),
                draft.turnTaskId(),
                draft.context());
    }

    /** Records the internal user who wrote a message of this transaction. */
    Uni<Void> writtenBy(Tx tx, long clientId, long messageId, long userId) {
        return tx.execute(WRITTEN_BY, messageId, clientId, userId).replaceWithVoid();
    }

    /** An outgoing message, or a part of one, with its channel and its recipient; null when the client has none such. */
    Uni<Outbound> find(Tx tx, long clientId, MessageReference reference) {
        Uni<Outbound> whole = tx.find(FIND, MessageStore::outbound, reference.messageId(), clientId);
        return reference.part() == null
                ? whole
                : whole.onItem().ifNotNull().transformToUni(message -> parts.find(tx, clientId, reference)
                        .map(part -> part == null ? null : message.withPart(reference.part(), part)));
    }

    /** Adds the parts of a message. */
    Uni<Void> split(Tx tx, Draft draft, long messageId, List<Range> ranges) {
        return parts.append(tx, draft, messageId, ranges);
    }

    private static Outbound outbound(Row row) {
        return new Outbound(
                row.getLong("message_id"),
                row.getLong("session_id"),
                row.getLong("client_id"),
                null,
                SenderType.ASSISTANT.stored().equals(row.getString("sender_type")),
                row.getString("reply_to"),
                row.getBoolean("window_open"),
                row.getLong("channel_id"),
                row.getInteger("channel_version"),
                row.getLong("end_user_id"),
                row.getString("recipient"),
                ContentColumns.read(
                        row.getString("content_type"), row.getString("content"), row.getJsonObject("content_data")),
                row.getOffsetDateTime("written_at").toInstant(),
                MessageStatus.PENDING.stored().equals(row.getString("status")),
                row.getBoolean("retried"),
                row.getBoolean("withdrawn"),
                MessageStatus.CANCELED.stored().equals(row.getString("status")));
    }

    /** Checks which of these ids of the provider cannot be the message's. */
    Uni<KnownIds> knownIds(Tx tx, Outbound message, List<String> ids) {
        return takenIds(tx, message, ids).chain(taken -> tx.get(
                        UNIDENTIFIED, row -> row.getInteger(0), "message", message.messageId(), message.clientId())
                .map(unidentified -> new KnownIds(taken, unidentified)));
    }

    private static Uni<Set<String>> takenIds(Tx tx, Outbound message, List<String> ids) {
        String[] candidates = ids.toArray(String[]::new);
        return tx.list(
                        TAKEN_IDS,
                        row -> row.getString(0),
                        message.messageId(),
                        message.clientId(),
                        candidates,
                        message.part())
                .map(Set::copyOf);
    }

    /** The provider accepted the message. A status that it reported earlier remains. */
    Uni<Void> sent(Tx tx, Outbound message, String providerMessageId) {
        return settle(tx, message.clientId(), message.reference(), MessageStatus.SENT, providerMessageId)
                .replaceWithVoid();
    }

    /** The message was not sent, for this cause. A status that the provider reported earlier remains. */
    Uni<Void> failed(Tx tx, long clientId, MessageReference message, String cause) {
        return settle(tx, clientId, message, MessageStatus.FAILED, null)
                .chain(failed -> Unis.when(
                        failed, () -> explain(tx, clientId, message, new JsonObject().put("errorDetails", cause))));
    }

    private Uni<Void> explain(Tx tx, long clientId, MessageReference message, JsonObject report) {
        return message.part() == null
                ? tx.execute(EXPLAIN, message.messageId(), clientId, report).replaceWithVoid()
                : parts.explain(tx, clientId, message, report, true);
    }

    /** Stores the error with which the provider refused a message that {@link #failed}. */
    Uni<Void> refused(Tx tx, long clientId, MessageReference message, DeliveryReport error) {
        return message.part() == null
                ? tx.execute(REFUSED, message.messageId(), clientId, error.toJson())
                        .replaceWithVoid()
                : parts.explain(tx, clientId, message, error.toJson(), false);
    }

    /** The provider may or may not have the message. Returns false, and changes nothing, when its status is known. */
    Uni<Boolean> uncertain(Tx tx, long clientId, MessageReference message) {
        return settle(tx, clientId, message, MessageStatus.UNCERTAIN, null);
    }

    /** Whether a message or its part is 'Falhou', and has content that can be sent. */
    Uni<Boolean> hasFailed(Tx tx, long clientId, MessageReference message) {
        return message.part() == null
                ? tx.find(HAS_FAILED, row -> row.getBoolean(0), message.messageId(), clientId)
                        .map(Boolean.TRUE::equals)
                : parts.hasFailed(tx, clientId, message);
    }

    /** Sets a message to 'Pendente', for a retry. Fails with a conflict unless it is 'Falhou' or 'Incerta'. */
    Uni<Void> reopen(Tx tx, long clientId, MessageReference message) {
        return message.part() == null
                ? tx.execute(REOPEN, message.messageId(), clientId).map(MessageStore::requireOne)
                : parts.settle(tx, clientId, message, MessageStatus.PENDING, null)
                        .map(opened -> requireOne(opened ? 1 : 0));
    }

    private static Void requireOne(int changed) {
        if (changed != 1) {
            throw Problem.of(ProblemType.CONFLICT, "only a message that is 'Falhou' or 'Incerta' can be retried");
        }
        return null;
    }

    /**
     * Sets those of the messages to 'Cancelada' that are replies of the assistant and 'Pendente', and records their
     * events.
     *
     * @return their ids
     */
    Uni<List<Long>> cancelReplies(Tx tx, long clientId, List<Long> messages) {
        return tx.list(CANCEL_REPLIES, row -> row.getLong(0), clientId, messages.toArray(Long[]::new));
    }

    /** Returns whether the message changed to the status. */
    private Uni<Boolean> settle(
            Tx tx, long clientId, MessageReference message, MessageStatus status, String providerId) {
        return message.part() == null
                ? settleWhole(tx, clientId, message.messageId(), status, providerId)
                : parts.settle(tx, clientId, message, status, providerId);
    }

    private static Uni<Boolean> settleWhole(
            Tx tx, long clientId, long messageId, MessageStatus status, String providerId) {
        return tx.find(
                        SETTLE,
                        row -> row.getBoolean(0),
                        messageId,
                        clientId,
                        status.stored(),
                        providerId,
                        eventOf(status))
                .map(Boolean.TRUE::equals);
    }

    private static String eventOf(MessageStatus status) {
        return switch (status) {
            case SENT -> EventType.MESSAGE_SENT.stored();
            case FAILED -> EventType.MESSAGE_FAILED.stored();
            default -> null;
        };
    }

    /**
     * Marks messages of an end user as answered by a turn, unless the session was handed off or closed.
     *
     * @return whether any of them was unanswered before
     */
    public Uni<Boolean> markAnswered(Tx tx, SessionRef session, List<Long> messages, long turnTaskId) {
        Long[] ids = messages.toArray(Long[]::new);
        return tx.execute(MARK_ANSWERED, turnTaskId, session.sessionId(), session.clientId(), ids)
                .map(marked -> marked > 0);
    }

    /** Whether the assistant still has to answer any of these messages. */
    public Uni<Boolean> unanswered(Tx tx, SessionRef session, List<Long> messages) {
        Long[] ids = messages.toArray(Long[]::new);
        return tx.sql(UNANSWERED, session.sessionId(), session.clientId(), ids).map(rows -> rows.size() > 0);
    }

    /** Whether this text is the latest that anybody wrote to the end user. */
    public Uni<Boolean> wasWrittenLast(Tx tx, SessionRef session, String text) {
        return tx.find(LAST_WRITTEN, row -> text.equals(row.getString(0)), session.sessionId(), session.clientId())
                .map(Boolean.TRUE::equals);
    }

    /** Marks the unanswered messages of the end user as answered by people. */
    Uni<Void> markAnsweredByPeople(Tx tx, SessionRef session) {
        return tx.execute(MARK_ANSWERED_BY_PEOPLE, session.sessionId(), session.clientId())
                .replaceWithVoid();
    }
}
