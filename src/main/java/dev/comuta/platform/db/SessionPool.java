package dev.comuta.platform.db;

import io.smallrye.mutiny.Uni;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.impl.CloseFuture;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.impl.PgPoolImpl;
import io.vertx.sqlclient.SqlConnection;
import java.util.function.Supplier;

/**
 * The pool that Hibernate uses. Hibernate knows one pool only, so this one takes a connection of the {@link Workload}
 * that {@link #opening} names while a session is opened, and of the API otherwise.
 */
final class SessionPool extends PgPoolImpl {

    private static final ScopedValue<Workload> WORKLOAD = ScopedValue.newInstance();

    private final ConnectionPools pools;

    SessionPool(Vertx vertx, ConnectionPools pools) {
        super((VertxInternal) vertx, new CloseFuture(), pools.of(Workload.API));
        this.pools = pools;
    }

    /** Opens a session on a connection of this kind of work. The session takes its connection when it is opened. */
    static <T> Uni<T> opening(Workload workload, Supplier<Uni<T>> session) {
        return Uni.createFrom().completionStage(() -> ScopedValue.where(WORKLOAD, workload)
                .call(() -> session.get().subscribeAsCompletionStage()));
    }

    @Override
    public Future<SqlConnection> getConnection() {
        return pools.of(WORKLOAD.orElse(Workload.API)).getConnection();
    }

    @Override
    public void getConnection(Handler<AsyncResult<SqlConnection>> handler) {
        getConnection().onComplete(handler);
    }

    @Override
    public Future<Void> close() {
        return pools.of(Workload.API).close();
    }

    @Override
    public void close(Handler<AsyncResult<Void>> handler) {
        close().onComplete(handler);
    }
}
