package dev.comuta.platform.db;

import dev.comuta.platform.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;

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

    /**
     * The first row of a statement.
     *
     * @return null when the statement returns no row
     */
    default <T> Uni<T> find(String statement, Function<? super Row, ? extends T> mapper, Object... parameters) {
        return sql(statement, parameters)
                .map(rows ->
                        rows.size() == 0 ? null : mapper.apply(rows.iterator().next()));
    }

    /**
     * The first row of a statement. Fails with 404 when there is none.
     *
     * @param noun the name of the missing resource in the problem
     */
    default <T> Uni<T> get(
            String statement, Function<? super Row, ? extends T> mapper, String noun, Object... parameters) {
        return this.<T>find(statement, mapper, parameters).onItem().ifNull().failWith(() -> Problem.notFound(noun));
    }

    /** The rows of a statement, in its order. */
    default <T> Uni<List<T>> list(String statement, Function<? super Row, ? extends T> mapper, Object... parameters) {
        return sql(statement, parameters).map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .<T>map(mapper)
                .toList());
    }

    /** Executes a statement. {@return the number of changed rows} */
    default Uni<Integer> execute(String statement, Object... parameters) {
        return sql(statement, parameters).map(RowSet::rowCount);
    }

    /**
     * The database's time. Every stored time with which a statement compares it comes from here or from the statement
     * itself, because the clocks of processes differ.
     */
    default Uni<Instant> now() {
        return find("select clock_timestamp()", row -> row.getOffsetDateTime(0).toInstant());
    }

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
