package dev.comuta.platform.db;

import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;

/**
 * One transaction for several tenants. Each tenant's work has a {@link Tx} of its own, which is one stream. The streams
 * may run concurrently, because a connection executes statements in order. Before a statement of another tenant the
 * transaction switches to that tenant, so that row-level security limits each stream to its own rows.
 *
 * <p>Confined to one event loop.
 */
final class SharedTx implements Tenants {

    private static final String SET_TENANT = "select set_config('comuta.client', $1, true)";

    private final ConnectionTx whole;
    private long current;

    SharedTx(ConnectionTx whole) {
        this.whole = whole;
    }

    @Override
    public Tx of(long clientId) {
        return new Part(clientId);
    }

    private void switchTo(long clientId) {
        if (clientId != current) {
            whole.send(SET_TENANT, Long.toString(clientId));
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
                switchTo(clientId);
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
