package dev.comuta.platform.db;

import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;

/**
 * An open transaction. A method that writes rows has it as an argument, so that its signature shows which commit it
 * joins. It is one stream: one statement after the other, never two concurrently.
 */
public interface Tx {

    /**
     * Runs one SQL statement in this transaction.
     *
     * @param statement PostgreSQL's own form, parameters as {@code $1}, {@code $2} …
     * @param parameters values the Vert.x PG client can encode; null is SQL's NULL
     * @return the rows of the statement, possibly none; {@link RowSet#rowCount()} is the number of changed rows
     */
    Uni<RowSet<Row>> sql(String statement, Object... parameters);

    /** Records a task that this transaction inserted; {@link CommitListener} is notified of it after the commit. */
    void requested(RequestedTask task);

    /** The trace of the tasks that are requested here (W3C Trace Context); null when nothing is traced. */
    String traceParent();

    /**
     * The part of this transaction that belongs to another trace, because a commit may hold the work of several traces.
     */
    default Tx tracedBy(String traceParent) {
        return traceParent == null ? this : new TracedTx(this, traceParent);
    }
}
