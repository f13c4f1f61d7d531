package dev.comuta.platform.db;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.sandbox.SandboxPostgres;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pool of one connection, and callers on three event loops, one of which is late. */
class ConnectionPoolsTest {

    private static final int LONGEST_WAIT_SECONDS = 10;

    private Vertx vertx;
    private SandboxPostgres postgres;
    private Pool pool;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(3));
        postgres = SandboxPostgres.launch(0);
        SandboxPostgres.Login owner = postgres.login(SandboxPostgres.OWNER);
        ConnectionPools pools = new ConnectionPools(
                TestTransactions.config(DatabaseConfig.class, Map.of("comuta.database.connections.tenant", "1")), null);
        pools.open(
                vertx,
                new PoolOptions(),
                List.of(new PgConnectOptions()
                        .setHost(postgres.host())
                        .setPort(postgres.port())
                        .setDatabase(postgres.database())
                        .setUser(owner.username())
                        .setPassword(owner.password())));
        pool = pools.of(Workload.TENANT);
    }

    @AfterEach
    void close() {
        vertx.close();
        postgres.close();
    }

    @Test
    void losesNoConnectionThatReturnsWhileItsNextCallerGivesUp() {
        Context late = context();
        Context second = context();
        Context third = context();
        close(late, acquire(late).join());
        SqlConnection held = acquire(second).join();
        CompletableFuture<SqlConnection> waiting = acquire(third);

        CountDownLatch released = new CountDownLatch(1);
        late.runOnContext(busy -> assertTrue(await(released)));
        close(second, held);
        assertThrows(CompletionException.class, waiting::join);
        released.countDown();

        close(third, acquire(third).join());
    }

    private Context context() {
        return ((VertxInternal) vertx).createEventLoopContext();
    }

    private CompletableFuture<SqlConnection> acquire(Context context) {
        CompletableFuture<SqlConnection> acquired = new CompletableFuture<>();
        context.runOnContext(
                v -> pool.getConnection().onSuccess(acquired::complete).onFailure(acquired::completeExceptionally));
        return acquired;
    }

    private static void close(Context context, SqlConnection connection) {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        context.runOnContext(v -> connection.close().onComplete(done -> closed.complete(null)));
        closed.join();
    }

    private static boolean await(CountDownLatch released) {
        try {
            return released.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
