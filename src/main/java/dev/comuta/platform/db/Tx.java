package dev.comuta.platform.db;

import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;

/**
 * An open transaction. Who writes rows takes it as an argument, so that a signature says what joins whose commit. It is
 * one stream: one statement after the other, never two side by side.
 */
public interface Tx {

    /**
     * Runs one SQL statement in this transaction.
     *
     * @param statement PostgreSQL's own form, parameters as {@code $1}, {@code $2} …
     * @param parameters values the Vert.x PG client can encode; null is SQL's NULL
     * @return the rows of the statement, possibly none; {@link RowSet#rowCount()} says how many it changed
     */
    Uni<RowSet<Row>> sql(String statement, Object... parameters);

    /** Notes a task that this transaction inserted: it is handed to {@link CommitListener} once the commit stands. */
    void requested(RequestedTask task);

    /** The trace that requests tasks here (W3C Trace Context); null when nothing is traced. */
    String traceParent();

    /** This transaction as the part of another trace, because a commit may hold the work of several. */
    default Tx tracedBy(String traceParent) {
        return traceParent == null ? this : new TracedTx(this, traceParent);
    }
}
