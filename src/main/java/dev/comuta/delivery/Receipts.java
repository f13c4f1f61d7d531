package dev.comuta.delivery;

import dev.comuta.conversation.MessageStatus;
import dev.comuta.platform.PlatformReason;
import dev.comuta.platform.Transactions;
import dev.comuta.platform.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/**
 * What providers report about messages that we sent. Reports repeat and overtake each other, so a status only moves
 * forward: sent, failed, delivered, read.
 */
@ApplicationScoped
public class Receipts {

    private static final String LOCK = """
            select s.SessionID
            from Messages m
            join Sessions s on s.SessionID = m.SessionID
            join jsonb_to_recordset($2) as r(message bigint, id text) on m.MessageID = coalesce(r.message, (
                select k.MessageID from Messages k
                where k.ProviderMessageID = r.id and k.SenderType <> 'Usuário-Cliente' limit 1))
            where s.ChannelID = $1
            order by s.SessionID
            for no key update of s""";

    private static final String APPLY = """
            with known as (
                select distinct on (m.MessageID) m.MessageID, m.SessionID, m.ClientID, r.status, r.id, r.error
                from jsonb_to_recordset($2) as r(message bigint, id text, status text, rank integer, error text)
                join Messages m on m.MessageID = coalesce(r.message, (
                    select k.MessageID from Messages k
                    where k.ProviderMessageID = r.id and k.SenderType <> 'Usuário-Cliente' limit 1))
                join Sessions s on s.SessionID = m.SessionID and s.ChannelID = $1
                where m.SenderType <> 'Usuário-Cliente'
                  and r.rank > coalesce(array_position(
                      array['Pendente', 'Incerta', 'Enviada', 'Falhou', 'Entregue', 'Lida'], m.Status), 0)
                order by m.MessageID, r.rank desc
            ), moved as (
                update Messages m
                set Status = known.status, ProviderMessageID = coalesce(m.ProviderMessageID, known.id)
                from known where m.MessageID = known.MessageID
            )
            insert into Events (ClientID, SessionID, EventType, EventData, Timestamp)
            select ClientID, SessionID, 'MensagemFalhou',
                   jsonb_build_object('MessageID', MessageID::text, 'erro', error), clock_timestamp()
            from known where status = 'Falhou'""";

    private final Transactions transactions;

    Receipts(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * One report.
     *
     * @param providerMessageId the provider's id of the message
     * @param messageId ours, when the provider quotes it; may be null
     * @param at when it happened, as far as the provider says
     * @param error the provider's code and words when it failed; may be null
     */
    public record Receipt(String providerMessageId, Long messageId, MessageStatus status, Instant at, String error) {

        private JsonObject toJson() {
            return new JsonObject()
                    .put("id", providerMessageId)
                    .put("message", messageId)
                    .put("status", status.stored())
                    .put("rank", rank(status))
                    .put("error", error);
        }
    }

    /**
     * Stores reports about messages of one channel. When the answer is there, they are committed. A report about a
     * message that the channel did not send, or that tells nothing new, changes nothing. Fails only when the database is
     * away (may be tried again).
     */
    public Uni<Void> apply(long channelId, List<Receipt> receipts) {
        JsonArray reports = new JsonArray();
        receipts.forEach(receipt -> reports.add(receipt.toJson()));
        return receipts.isEmpty()
                ? Uni.createFrom().voidItem()
                : transactions.statementsAsPlatform(PlatformReason.ROUTING, tx -> apply(tx, channelId, reports));
    }

    private static Uni<Void> apply(Tx tx, long channelId, JsonArray reports) {
        return tx.sql(LOCK, channelId, reports)
                .chain(() -> tx.sql(APPLY, channelId, reports))
                .replaceWithVoid();
    }

    /** The place in the order that the statement knows, from 1. */
    private static int rank(MessageStatus status) {
        return switch (status) {
            case PENDING -> 1;
            case UNCERTAIN -> 2;
            case SENT -> 3;
            case FAILED -> 4;
            case DELIVERED -> 5;
            case READ -> 6;
        };
    }
}
