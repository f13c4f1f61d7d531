package dev.comuta.platform.db;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.sandbox.TcpProxy;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that never answer, statements that take too long, and conflicts, on a real database behind a proxy. */
class TransactionsTest {

    private static final String SLOW = "select 1 from pg_sleep(60)";

    private static Vertx proxyVertx;
    private static SandboxPostgres postgres;

    private Vertx vertx;
    private TcpProxy proxy;
    private TestTransactions test;
    private Transactions transactions;

    @BeforeAll
    static void startDatabase() {
        proxyVertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        postgres = SandboxPostgres.launch(0);
    }

    @AfterAll
    static void stopDatabase() {
        postgres.close();
        proxyVertx.close();
    }

    @BeforeEach
    void connect() {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        proxy = TcpProxy.launch(proxyVertx, postgres.host(), postgres.port());
        test = TestTransactions.on(vertx, postgres, proxy.port(), Map.of("comuta.database.statement-limit", "500ms"));
        transactions = test.service();
    }

    @AfterEach
    void disconnect() {
        vertx.close();
        proxy.close();
    }

    @Test
    void recoversWhenItsConnectionsNeverAnswer() {
        warm();
        proxy.freeze();

        List<CompletableFuture<Integer>> stuck = IntStream.range(0, 3)
                .mapToObj(i -> i == 0 ? inTenant(TransactionsTest::one) : sweep(TransactionsTest::one))
                .toList();

        stuck.forEach(TransactionsTest::assertUnavailable);
        assertEquals(1, sweep(TransactionsTest::one).join(), "the unused connections are replaced too");
        assertEquals(1, inTenant(TransactionsTest::one).join());
    }

    @Test
    void closesConnectionsThatAreNeverEstablished() {
        AtomicInteger open = new AtomicInteger();
        NetServer silent = proxyVertx
                .createNetServer(new NetServerOptions().setHost("127.0.0.1"))
                .connectHandler(socket -> {
                    open.incrementAndGet();
                    socket.closeHandler(closed -> open.decrementAndGet());
                })
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        transactions = TestTransactions.on(vertx, postgres, silent.actualPort(), Map.of())
                .service();

        assertUnavailable(sweep(TransactionsTest::one));

        await().atMost(Duration.ofSeconds(10)).until(() -> open.get() == 0);
        silent.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void reportsThatATransactionGetsNoAnswerWhileNewConnectionsWork() {
        warm();
        CompletableFuture<Void> gate = new CompletableFuture<>();
        CompletableFuture<Integer> stuck = inTenant(
                tx -> one(tx).call(() -> Uni.createFrom().completionStage(gate)).chain(() -> one(tx)));
        assertFalse(transactions.isAnyStuck());

        proxy.freeze();
        gate.complete(null);

        await().atMost(Duration.ofSeconds(20)).until(transactions::isAnyStuck);
        assertUnavailable(stuck);
        assertFalse(transactions.isAnyStuck());
    }

    @Test
    void endsAStatementThatTakesTooLongInTheDatabase() {
        assertUnavailable(sweep(tx -> tx.find(SLOW, row -> 1)));

        assertEquals(0, running(SLOW));
        assertEquals(1, sweep(TransactionsTest::one).join());
    }

    /** Its locks go with it, although the database does not learn that the client has closed the connection. */
    @Test
    void theDatabaseEndsATransactionWhoseClientIsOutOfReach() {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        CompletableFuture<Integer> abandoned =
                sweep(tx -> one(tx).call(() -> Uni.createFrom().completionStage(gate)));
        await().atMost(Duration.ofSeconds(10)).until(() -> openTransactions() == 1);

        proxy.freeze();
        gate.complete(null);

        assertUnavailable(abandoned);
        await().atMost(Duration.ofSeconds(10)).until(() -> openTransactions() == 0);
    }

    @Test
    void oneKindOfWorkCannotTakeTheConnectionsOfAnother() {
        List<CompletableFuture<Integer>> slow = IntStream.range(0, 3)
                .mapToObj(i -> job(tx -> tx.find(SLOW, row -> 1)))
                .toList();
        await().atMost(Duration.ofSeconds(10)).until(() -> running(SLOW) == 3);

        assertUnavailable(job(TransactionsTest::one));
        assertEquals(1, sweep(TransactionsTest::one).join());
        assertEquals(1, inTenant(TransactionsTest::one).join());
        assertTrue(slow.stream().noneMatch(CompletableFuture::isDone));
        assertEquals(
                3,
                query(
                        SandboxPostgres.CROSS,
                        "select count(pg_terminate_backend(pid)) from pg_stat_activity where query = '" + SLOW + "'"));
        slow.forEach(TransactionsTest::assertUnavailable);
    }

    @Test
    void repeatsTheWholeWorkAfterADeadlock() {
        AtomicInteger attempts = new AtomicInteger();

        int result = sweep(tx -> {
                    tx.requested(new RequestedTask(7, 1L, "RespostaAssistente", null));
                    return attempts.incrementAndGet() < 3 ? fail(tx, "40P01") : one(tx);
                })
                .join();

        assertEquals(1, result);
        assertEquals(3, attempts.get());
        assertEquals(1, test.requested().size(), "tasks of a repeated attempt are dropped");
    }

    @Test
    void isUnavailableAfterThreeSerializationFailures() {
        AtomicInteger attempts = new AtomicInteger();

        assertUnavailable(sweep(tx -> {
            attempts.incrementAndGet();
            return fail(tx, "40001");
        }));
        assertEquals(3, attempts.get());
    }

    private static Uni<Integer> one(Tx tx) {
        return tx.find("select 1", row -> row.getInteger(0));
    }

    private static Uni<Integer> fail(Tx tx, String state) {
        return tx.sql("do $$ begin raise exception 'conflict' using errcode = '" + state + "'; end $$")
                .replaceWith(0);
    }

    /** Opens several connections of the pools, so that unused ones remain. */
    private void warm() {
        IntStream.range(0, 8)
                .mapToObj(i -> i % 2 == 0 ? inTenant(TransactionsTest::one) : sweep(TransactionsTest::one))
                .toList()
                .forEach(CompletableFuture::join);
    }

    private static int running(String statement) {
        return activity("state = 'active' and query = '" + statement + "'");
    }

    private static int openTransactions() {
        return activity("state = 'idle in transaction'");
    }

    /** The number of connections of the server's two roles in this state. */
    private static int activity(String condition) {
        String count = "select count(*) from pg_stat_activity where usename = current_user and " + condition;
        return query(SandboxPostgres.APP, count) + query(SandboxPostgres.CROSS, count);
    }

    /** A number, read as one of the server's roles, which sees its own activity only. */
    private static int query(String role, String query) {
        SandboxPostgres.Login login = postgres.login(role);
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), login.username(), login.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> CompletableFuture<T> inTenant(Function<Tx, Uni<T>> work) {
        return transactions.statementsInTenant(1, work).subscribeAsCompletionStage();
    }

    private <T> CompletableFuture<T> sweep(Function<Tx, Uni<T>> work) {
        return transactions.statementsAsPlatform(PlatformReason.SWEEP, work).subscribeAsCompletionStage();
    }

    private <T> CompletableFuture<T> job(Function<Tx, Uni<T>> work) {
        return transactions.statementsAsPlatform(PlatformReason.RETENTION, work).subscribeAsCompletionStage();
    }

    private static void assertUnavailable(CompletableFuture<?> transaction) {
        CompletionException failure = assertThrows(
                CompletionException.class,
                () -> transaction.orTimeout(15, TimeUnit.SECONDS).join());
        Problem problem = assertInstanceOf(Problem.class, failure.getCause());
        assertEquals(ProblemType.UNAVAILABLE, problem.type());
    }
}
