package dev.comuta.call.summary;

import dev.comuta.assistant.turn.Summary;
import dev.comuta.call.CallRef;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.rest.Revision;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;

/** Statements of the table CallSummaries. */
@ApplicationScoped
class SummaryStore {

    private static final String FIND = """
            select c.CallID, c.SessionID, c.ErasedAt is not null as erased, s.Summary, s.Outcome, s.SummarizedBy,
                   s.SummarizedAt, coalesce(s.Version, 0) as version
            from Calls c left join CallSummaries s on s.CallID = c.CallID
            where c.ClientID = $1 and c.CallID = $2""";

    private static final String LOCK = "select CallID from comuta_lock_call($1, $2)";

    private static final String ENDED = """
            select c.SessionID, c.Connected and c.ErasedAt is null
                       and coalesce(s.SummarizedBy, 'Assistente') = 'Assistente' as summarized
            from Calls c left join CallSummaries s on s.CallID = c.CallID
            where c.ClientID = $1 and c.CallID = $2 and c.EndTime is not null""";

    private static final String OF_SESSION =
            "select CallID from Calls where ClientID = $1 and SessionID = $2 order by CallID desc limit 1";

    private static final String WRITE = """
            insert into CallSummaries (ClientID, CallID, SessionID, Summary, Outcome, SummarizedBy)
            select c.ClientID, c.CallID, c.SessionID, $3, $4, $5
            from Calls c where c.ClientID = $1 and c.CallID = $2 and c.ErasedAt is null
            on conflict (CallID) do update
                set Summary = excluded.Summary, Outcome = excluded.Outcome, SummarizedBy = excluded.SummarizedBy,
                    SummarizedAt = clock_timestamp(), Version = CallSummaries.Version + 1
                where CallSummaries.SummarizedBy = 'Assistente' or excluded.SummarizedBy = 'Usuário'""";

    /** A call with its summary, whose fields are null when there is none. */
    record Summarized(CallSummary view, int version, long sessionId, boolean erased) {

        Revision<CallSummary> revision() {
            return new Revision<>(view, version);
        }

        SummaryFields fields() {
            return new SummaryFields(view.summary(), view.outcome());
        }
    }

    /**
     * An ended call.
     *
     * @param mayBeSummarized whether an assistant may write its summary
     */
    record EndedCall(long sessionId, boolean mayBeSummarized) {}

    /** A call with its summary. Fails with 404 when the client has no such call. */
    Uni<Summarized> get(Tx tx, CallRef call) {
        return tx.get(FIND, SummaryStore::summarized, "call", call.clientId(), call.callId());
    }

    /** The same, with the session and the call locked until the end of the transaction. */
    Uni<Summarized> lock(Tx tx, CallRef call) {
        return tx.get(LOCK, row -> row.getLong(0), "call", call.clientId(), call.callId())
                .chain(() -> get(tx, call));
    }

    private static Summarized summarized(Row row) {
        OffsetDateTime at = row.getOffsetDateTime("summarizedat");
        CallSummary view = new CallSummary(
                row.getLong("callid"),
                row.getString("summary"),
                row.getString("outcome"),
                SummaryAuthor.of(row.getString("summarizedby")),
                at == null ? null : at.toInstant());
        return new Summarized(view, row.getInteger("version"), row.getLong("sessionid"), row.getBoolean("erased"));
    }

    /** {@return a call that has ended, or null when it goes on, or the client has none} */
    Uni<EndedCall> findEnded(Tx tx, CallRef call) {
        return tx.find(
                ENDED,
                row -> new EndedCall(row.getLong("sessionid"), row.getBoolean("summarized")),
                call.clientId(),
                call.callId());
    }

    /** {@return the newest call of a session, or null when it has none} */
    Uni<CallRef> findOfSession(Tx tx, long clientId, long sessionId) {
        return tx.find(OF_SESSION, row -> new CallRef(clientId, row.getLong(0)), clientId, sessionId);
    }

    /** Stores what a person wrote about a call that the transaction has locked. */
    Uni<Void> edit(Tx tx, CallRef call, SummaryFields fields) {
        return write(tx, call, fields.summary(), fields.outcome(), SummaryAuthor.USER)
                .replaceWithVoid();
    }

    /** {@return whether it was stored; a person's summary stays, and an erased call gets none} */
    Uni<Boolean> write(Tx tx, CallRef call, Summary summary) {
        return write(tx, call, summary.text(), summary.outcome(), SummaryAuthor.ASSISTANT)
                .map(stored -> stored > 0);
    }

    private static Uni<Integer> write(Tx tx, CallRef call, String summary, String outcome, SummaryAuthor by) {
        return tx.execute(WRITE, call.clientId(), call.callId(), summary, outcome, by.stored());
    }
}
