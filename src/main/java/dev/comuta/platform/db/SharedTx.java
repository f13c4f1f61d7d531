package dev.comuta.platform.db;

import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;

/**
 * One transaction for several tenants. Each work has a {@link Tx} of its own, which is one stream; the streams run side
 * by side, because a connection takes statements one behind the other. Before a statement of another tenant than the one
 * before it, the transaction takes on that tenant: row-level security shows each stream its own rows.
 *
 * <p>Confined to one event loop.
 */
final class SharedTx implements Tenants {

    private static final String TAKE_ON = "select set_config('comuta.client', $1, true)";

    private final ConnectionTx whole;
    private long current;

    SharedTx(ConnectionTx whole) {
        this.whole = whole;
    }

    @Override
    public Tx of(long clientId) {
        return new Part(clientId);
    }

    private void takeOn(long clientId) {
        if (clientId != current) {
            whole.send(TAKE_ON, Long.toString(clientId));
            current = clientId;
        }
    }

    /** The stream of one tenant's work. */
    private final class Part implements Tx {

        private final long clientId;

        Part(long clientId) {
            this.clientId = clientId;
        }

        @Override
        public Uni<RowSet<Row>> sql(String statement, Object... parameters) {
            return Uni.createFrom().deferred(() -> {
                takeOn(clientId);
                return whole.sql(statement, parameters);
            });
        }

        @Override
        public void requested(RequestedTask task) {
            whole.requested(task);
        }

        @Override
        public String traceParent() {
            return whole.traceParent();
        }
    }
}
