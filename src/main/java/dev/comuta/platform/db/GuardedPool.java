package dev.comuta.platform.db;

import io.netty.channel.ChannelPipeline;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.impl.CloseFuture;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.impl.PgPoolImpl;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.Connection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import java.util.function.Supplier;

/** A pool whose connections have a {@link ConnectionGuard}. Quarkus requires a PgPool. */
final class GuardedPool extends PgPoolImpl {

    private static final String HANDLER = "comuta-guard";

    private final Pool pool;
    private final Supplier<ConnectionGuard> guards;

    /** @param guards makes the guard of a new connection */
    GuardedPool(Vertx vertx, Pool pool, Supplier<ConnectionGuard> guards) {
        super((VertxInternal) vertx, new CloseFuture(), pool);
        this.pool = pool;
        this.guards = guards;
    }

    @Override
    public Future<SqlConnection> getConnection() {
        return pool.getConnection().map(connection -> new GuardedConnection(connection, guardOf(connection)));
    }

    @Override
    public void getConnection(Handler<AsyncResult<SqlConnection>> handler) {
        getConnection().onComplete(handler);
    }

    @Override
    public Future<Void> close() {
        return pool.close();
    }

    @Override
    public void close(Handler<AsyncResult<Void>> handler) {
        close().onComplete(handler);
    }

    /** The driver has no public access to a connection's socket; only this method uses the internal one. */
    private ConnectionGuard guardOf(SqlConnection connection) {
        Connection pooled = ((SqlConnectionInternal) connection).unwrap();
        ChannelPipeline pipeline = ((SocketConnectionBase) pooled.unwrap())
                .socket()
                .channelHandlerContext()
                .pipeline();
        ConnectionGuard guard = (ConnectionGuard) pipeline.get(HANDLER);
        if (guard == null) {
            guard = guards.get();
            pipeline.addFirst(HANDLER, guard);
        }
        return guard;
    }
}
