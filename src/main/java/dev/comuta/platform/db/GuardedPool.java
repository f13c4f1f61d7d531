package dev.comuta.platform.db;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.impl.CloseFuture;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.impl.PgPoolImpl;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.Connection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import java.time.Duration;
import java.util.function.Function;

/**
 * A pool whose connections have a {@link ConnectionGuard}, and whose callers wait for {@link ConnectionPermits}. Quarkus
 * requires a PgPool.
 */
final class GuardedPool extends PgPoolImpl {

    private static final AttributeKey<ConnectionGuard> GUARD = AttributeKey.valueOf("comuta-guard");

    private final VertxInternal vertx;
    private final Pool pool;
    private final Function<Channel, ConnectionGuard> guards;
    private final ConnectionPermits permits;
    private final Duration openingLimit;

    /**
     * Guards a pool that has no limit of waiting itself.
     *
     * @param size the number of its connections
     * @param limit of waiting for a connection, and of opening one
     * @param guards makes the guard of a new connection with this socket
     */
    GuardedPool(Vertx vertx, Pool pool, int size, Duration limit, Function<Channel, ConnectionGuard> guards) {
        super((VertxInternal) vertx, new CloseFuture(), pool);
        this.vertx = (VertxInternal) vertx;
        this.pool = pool;
        this.guards = guards;
        this.permits = new ConnectionPermits(size, limit);
        this.openingLimit = limit;
    }

    @Override
    public Future<SqlConnection> getConnection() {
        ContextInternal caller = vertx.getOrCreateContext();
        return permits.take(caller).compose(_ -> open(caller));
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

    /**
     * Opens a connection, or takes an open one. A connection that comes too late for the caller returns to the pool.
     */
    private Future<SqlConnection> open(ContextInternal caller) {
        Promise<SqlConnection> handed = caller.promise();
        long timer = caller.setTimer(
                openingLimit.toMillis(),
                expired -> handed.tryFail(new VertxException("a connection was not opened in time", true)));
        acquire(caller).onComplete(acquired -> {
            vertx.cancelTimer(timer);
            if (acquired.failed()) {
                permits.giveBack();
                handed.tryFail(acquired.cause());
            } else if (!handed.tryComplete(acquired.result())) {
                var _ = acquired.result().close();
            }
        });
        return handed.future();
    }

    /**
     * Acquires a connection that is open and not suspect. The pool may offer one that has just been closed, before it
     * removes it; suspect ones are closed here. A new connection is neither, so this ends.
     */
    private Future<SqlConnection> acquire(ContextInternal caller) {
        return pool.getConnection().compose(connection -> {
            try {
                return checked(connection, caller);
            } catch (RuntimeException failure) {
                return connection.close().transform(_ -> caller.failedFuture(failure));
            }
        });
    }

    private Future<SqlConnection> checked(SqlConnection connection, ContextInternal caller) {
        Channel channel = channelOf(connection);
        ConnectionGuard guard = guardOf(channel);
        if (channel.isActive() && !guard.isSuspect()) {
            return caller.succeededFuture(new GuardedConnection(connection, guard, permits));
        }
        Promise<Void> removed = caller.promise();
        guard.close().thenAccept(removed::complete);
        return removed.future().compose(_ -> connection.close()).compose(_ -> acquire(caller));
    }

    private ConnectionGuard guardOf(Channel channel) {
        ConnectionGuard guard = channel.attr(GUARD).get();
        if (guard == null) {
            guard = guards.apply(channel);
            channel.attr(GUARD).set(guard);
            channel.pipeline().addFirst(guard);
        }
        return guard;
    }

    /** The driver has no public access to a connection's socket; only this method uses the internal one. */
    private static Channel channelOf(SqlConnection connection) {
        Connection pooled = ((SqlConnectionInternal) connection).unwrap();
        return ((SocketConnectionBase) pooled.unwrap())
                .socket()
                .channelHandlerContext()
                .channel();
    }
}
