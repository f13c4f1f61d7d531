package dev.comuta.platform.db;

import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;

/** The part of a transaction that belongs to one trace. */
record TracedTx(Tx whole, String traceParent) implements Tx {

    @Override
    public Uni<RowSet<Row>> sql(String statement, Object... parameters) {
        return whole.sql(statement, parameters);
    }

    @Override
    public void requested(RequestedTask task) {
        whole.requested(task.tracedBy(traceParent));
    }
}
