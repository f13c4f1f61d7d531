package dev.comuta.message;

import dev.comuta.message.OutboundMessages.Draft;
import dev.comuta.message.content.MessageReference;
import dev.comuta.message.content.TextParts.Range;
import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Statements of the table MessageParts. The caller locks the session's row before it writes. */
final class PartStore {

    private static final String APPEND = """
            insert into MessageParts (MessageID, No, SessionID, ClientID, BeginsAt, EndsAt)
            select $1, part.no, $2, $3, part.begins, part.ends
            from unnest($4::integer[], $5::integer[]) with ordinality as part(begins, ends, no)""";

    private static final String FIND = """
            select BeginsAt, EndsAt, Status = 'Pendente' as pending, FailedProviderIDs is not null as retried
            from MessageParts where MessageID = $1 and ClientID = $2 and No = $3""";

    private static final String HAS_FAILED =
            "select Status = 'Falhou' from MessageParts where MessageID = $1 and ClientID = $2 and No = $3";

    private static final String EXPLAIN = "select comuta_explain_part($1, $2, $3, $4, $5)";

    private static final String SETTLE = "select comuta_settle_part($1, $2, $3, $4, $5)";

    /**
     * A stored part.
     *
     * @param pending whether its status is 'Pendente'
     * @param retried whether a person retried it after it failed
     */
    record Part(Range range, boolean pending, boolean retried) {}

    /** Adds the parts of a message, which are 'Pendente'. */
    Uni<Void> append(Tx tx, Draft draft, long messageId, List<Range> parts) {
        return tx.execute(
                        APPEND,
                        messageId,
                        draft.sessionId(),
                        draft.clientId(),
                        parts.stream().map(Range::begin).toArray(Integer[]::new),
                        parts.stream().map(Range::end).toArray(Integer[]::new))
                .replaceWithVoid();
    }

    /** A part of a message; null when it has no such part. */
    Uni<Part> find(Tx tx, long clientId, MessageReference reference) {
        return tx.find(
                FIND,
                row -> new Part(
                        new Range(row.getInteger("beginsat"), row.getInteger("endsat")),
                        row.getBoolean("pending"),
                        row.getBoolean("retried")),
                reference.messageId(),
                clientId,
                reference.part());
    }

    /** Whether a part is 'Falhou'. */
    Uni<Boolean> hasFailed(Tx tx, long clientId, MessageReference reference) {
        return tx.find(HAS_FAILED, row -> row.getBoolean(0), reference.messageId(), clientId, reference.part())
                .map(Boolean.TRUE::equals);
    }

    /**
     * Stores why a part failed.
     *
     * @param afresh whether this replaces earlier causes; else an error that the provider reported remains
     */
    Uni<Void> explain(Tx tx, long clientId, MessageReference reference, JsonObject report, boolean afresh) {
        return tx.find(EXPLAIN, row -> true, reference.messageId(), clientId, reference.part(), report, afresh)
                .replaceWithVoid();
    }

    /**
     * Sets the status of a part, unless the provider reported one earlier, and the status of its message: the lowest of
     * its parts. 'Pendente' is the status of a retry, whose next attempt gets another id of the provider.
     *
     * @return whether the part changed to the status
     */
    Uni<Boolean> settle(Tx tx, long clientId, MessageReference reference, MessageStatus status, String providerId) {
        return tx.find(
                        SETTLE,
                        row -> row.getBoolean(0),
                        reference.messageId(),
                        clientId,
                        reference.part(),
                        status.stored(),
                        providerId)
                .map(Boolean.TRUE::equals);
    }
}
