package dev.comuta.message;

import dev.comuta.event.EventType;
import dev.comuta.platform.db.Rows;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.task.NewTask;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/** Messages on their way out, from being written to what became of them. */
@ApplicationScoped
public class OutboundMessages {

    private static final String WRITE = """
            insert into Messages (SessionID, ClientID, SenderType, ContentType, Content, ContentData, Timestamp, Status,
                                  TurnTaskID)
            values ($1, $2, $3, $4, $5, $6, clock_timestamp(), 'Pendente', $7)
            returning MessageID""";

    private static final String FIND = """
            select m.MessageID, m.SessionID, m.ClientID, m.ContentType, m.Content, m.ContentData, m.Status, m.Timestamp, s.ChannelID,
                   m.FailedProviderIDs is not null as Retried,
                   (select c.Version from CommunicationChannels c where c.ChannelID = s.ChannelID) as ChannelVersion,
                   coalesce(u.PhoneNumber, (
                       select i.Value from EndUserIdentities i
                       where i.ClientID = u.ClientID and i.EndUserID = u.EndUserID and i.Kind = 'bsuid'
                       order by i.CreatedAt desc limit 1)) as Recipient
            from Messages m
            join Sessions s on s.SessionID = m.SessionID
            join ClientEndUsers u on u.EndUserID = s.EndUserID
            where m.MessageID = $1 and m.ClientID = $2""";

    private static final String TAKEN = """
            select o.ProviderMessageID
            from Messages m
            join Messages o on o.SessionID = m.SessionID and o.MessageID <> m.MessageID
            where m.MessageID = $1 and m.ClientID = $2
              and o.SenderType <> 'Usuário-Cliente' and o.ProviderMessageID is not null and o.Content = m.Content
            union all
            select unnest(m.FailedProviderIDs)
            from Messages m
            where m.MessageID = $1 and m.ClientID = $2""";

    /** A message that is settled, for example by its receipt, keeps its status. What changes it is an event, if told. */
    private static final String SETTLE = """
            with settled as (
                update Messages m
                set Status = case when b.open then $3 else m.Status end,
                    ProviderMessageID = coalesce(m.ProviderMessageID, $4)
                from (select MessageID, coalesce(Status in ('Pendente', 'Incerta'), false) as open from Messages
                      where MessageID = $1 and ClientID = $2 for no key update) b
                where m.MessageID = b.MessageID
                returning m.MessageID, m.ClientID, m.SessionID, b.open
            ), new_events as (
                insert into Events (ClientID, SessionID, EventType, EventData, Timestamp)
                select ClientID, SessionID, $5, jsonb_build_object('MessageID', MessageID::text), clock_timestamp()
                from settled where open and $5::text is not null
            )
            select open from settled""";

    /** What the provider knows as failed is remembered apart: the next attempt is another message to it. */
    private static final String REOPEN = """
            update Messages
            set Status = 'Pendente', ProviderMessageID = null,
                FailedProviderIDs = array_remove(coalesce(FailedProviderIDs, '{}') || ProviderMessageID, null)
            where MessageID = $1 and ClientID = $2 and Status = 'Falhou'""";

    private final Tasks tasks;

    OutboundMessages(Tasks tasks) {
        this.tasks = tasks;
    }

    /**
     * A message that waits to be sent.
     *
     * @param channelVersion of the row of its channel
     * @param recipient telephone number as its owner wrote to us, or the id by which WhatsApp names somebody who hides it
     * @param writtenAt before any attempt to send it
     * @param retried whether it failed once and a person has it sent again
     */
    public record Outbound(
            long messageId,
            long sessionId,
            long clientId,
            long channelId,
            int channelVersion,
            String recipient,
            Content content,
            Instant writtenAt,
            boolean pending,
            boolean retried) {}

    /**
     * What somebody on the client's side says.
     *
     * @param turnTaskId the turn that says it; null when a person does
     */
    public record Draft(long clientId, long sessionId, SenderType sender, Content content, Long turnTaskId) {}

    /** Writes a message and requests its sending; messages of one session leave in the order in which they are written. */
    public Uni<Long> write(Tx tx, Draft draft) {
        return tx.sql(
                        WRITE,
                        draft.sessionId(),
                        draft.clientId(),
                        draft.sender().stored(),
                        draft.content().contentType(),
                        draft.content().readableText(),
                        draft.content().data(),
                        draft.turnTaskId())
                .map(rows -> rows.iterator().next().getLong(0))
                .call(messageId -> tasks.request(tx, sending(draft.clientId(), draft.sessionId(), messageId)));
    }

    private static NewTask sending(long clientId, long sessionId, long messageId) {
        JsonObject request = new JsonObject().put("messageId", messageId);
        return NewTask.of(MessageTasks.SEND_MESSAGE)
                .client(clientId)
                .session(sessionId)
                .data(request)
                .serialKey("envio:" + sessionId);
    }

    /** The message with where it goes, or null when there is none of that id. */
    public Uni<Outbound> find(Tx tx, long clientId, long messageId) {
        return tx.sql(FIND, messageId, clientId).map(rows -> Rows.first(rows, OutboundMessages::outbound));
    }

    private static Outbound outbound(Row row) {
        return new Outbound(
                row.getLong("messageid"),
                row.getLong("sessionid"),
                row.getLong("clientid"),
                row.getLong("channelid"),
                row.getInteger("channelversion"),
                row.getString("recipient"),
                ContentColumns.read(
                        row.getString("contenttype"), row.getString("content"), row.getJsonObject("contentdata")),
                row.getOffsetDateTime("timestamp").toInstant(),
                MessageStatus.PENDING.stored().equals(row.getString("status")),
                row.getBoolean("retried"));
    }

    /**
     * The provider's ids of what is not this message though it says the same: others of its session, and earlier sendings
     * of it that failed.
     */
    public Uni<Set<String>> idsOfEqualMessages(Tx tx, Outbound message) {
        return tx.sql(TAKEN, message.messageId(), message.clientId())
                .map(rows -> Rows.stream(rows).map(row -> row.getString(0)).collect(Collectors.toUnmodifiableSet()));
    }

    /** The provider has the message; a status that it reported before this is known stays. */
    public Uni<Void> sent(Tx tx, Outbound message, String providerMessageId) {
        return settle(tx, message.clientId(), message.messageId(), MessageStatus.SENT, providerMessageId)
                .replaceWithVoid();
    }

    /** The message will never arrive. */
    public Uni<Void> failed(Tx tx, long clientId, long messageId) {
        return settle(tx, clientId, messageId, MessageStatus.FAILED, null).replaceWithVoid();
    }

    /** Nobody knows whether the provider has the message. False when it was settled meanwhile, and stays as it is. */
    public Uni<Boolean> uncertain(Tx tx, long clientId, long messageId) {
        return settle(tx, clientId, messageId, MessageStatus.UNCERTAIN, null);
    }

    /** A message that failed waits to be sent again; fails with a conflict when it is not 'Falhou'. */
    public Uni<Void> reopen(Tx tx, long clientId, long messageId) {
        return tx.sql(REOPEN, messageId, clientId).map(OutboundMessages::requireOne);
    }

    private static Void requireOne(RowSet<Row> changed) {
        if (changed.rowCount() != 1) {
            throw Problem.of(ProblemType.CONFLICT, "only a message that is 'Falhou' is sent again");
        }
        return null;
    }

    /** Whether the message took on the status. */
    private static Uni<Boolean> settle(Tx tx, long clientId, long messageId, MessageStatus status, String providerId) {
        return tx.sql(SETTLE, messageId, clientId, status.stored(), providerId, eventOf(status))
                .map(rows -> rows.size() > 0 && rows.iterator().next().getBoolean(0));
    }

    private static String eventOf(MessageStatus status) {
        return switch (status) {
            case SENT -> EventType.MESSAGE_SENT.stored();
            case FAILED -> EventType.MESSAGE_FAILED.stored();
            default -> null;
        };
    }
}
