package dev.comuta.task;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.event.Events;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.trace.Tracing;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.task.TaskMessage.TaskRef;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.VertxInternal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One worker on a real database without a sweeper. It holds two waiting tasks of a client; the others are dropped. */
class TenantFairQueueTest {

    private static final TaskType GREETING = TaskType.silent("Saudação", TaskQueue.TOOL);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;

    private final List<Long> run = new CopyOnWriteArrayList<>();
    private final TaskRegistry registry = new TaskRegistry(
            List.of(GREETING),
            List.of(new RecordingHandler(GREETING, LIMIT, run, Uni.createFrom().item(Outcome.nothingToDo()))));
    private final TenantFairQueue queue = queue();
    private List<Long> ids;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        postgres.query("insert into Clients (ClientName) values ('A')");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void insertSixTasks() {
        postgres.query("delete from BackgroundTasks");
        ids = postgres
                .query("insert into BackgroundTasks (ClientID, TaskType) "
                        + "select 1, 'Saudação' from generate_series(1, 6) returning TaskID")
                .stream()
                .map(row -> (Long) row.get("taskid"))
                .toList();
    }

    @Test
    void fetchesDroppedTasksWhenATaskEnds() {
        offerAll();

        await().atMost(LIMIT).until(() -> run.size() == 6);
    }

    /** Nothing of the client runs here, so no end of a task fetches the dropped ones. */
    @Test
    void fetchesDroppedTasksWhenAnotherWorkerHasClaimedTheWaitingOnes() {
        postgres.query("""
                update BackgroundTasks
                set Status = 'Em Andamento', LeaseID = gen_random_uuid(), DueAt = now() + interval '1 minute'
                where TaskID <= ?""", ids.get(1));
        offerAll();

        await().atMost(LIMIT).until(() -> run.size() == 4);
        assertEquals(ids.subList(2, 6), run.stream().sorted().toList());
    }

    /** The claim of two tasks has read that the second one has an older open task of its key, when that one completes. */
    @Test
    void claimsAgainWhatIsPublishedDuringItsClaim() {
        long claimed = ids.get(0);
        long older = ids.get(1);
        long next = ids.get(2);
        postgres.query("delete from BackgroundTasks where TaskID > ?", next);
        postgres.query("update BackgroundTasks set SerialKey = 'chave' where TaskID in (?, ?)", older, next);
        postgres.query("""
                update BackgroundTasks
                set Status = 'Em Andamento', LeaseID = gen_random_uuid(), DueAt = now() + interval '1 minute'
                where TaskID = ?""", older);
        asOwner("""
                create function hold() returns trigger language plpgsql as
                $$ begin perform pg_advisory_xact_lock(7), pg_sleep(1); return new; end $$;
                create trigger hold before update on BackgroundTasks for each row
                when (new.TaskID = %d and new.Status = 'Em Andamento') execute function hold()""".formatted(claimed));
        offer(List.of(claimed, next));
        await().atMost(LIMIT)
                .until(() -> postgres.value("select count(*) from pg_locks where locktype = 'advisory' and objid = 7")
                        .equals(1L));

        postgres.query("update BackgroundTasks set Status = 'Concluída' where TaskID = ?", older);
        offer(List.of(next));

        await().atMost(LIMIT).until(() -> run.size() == 2);
        asOwner("drop function hold cascade");
    }

    /** A person's message locks the queued replies of its session, and leaves those of persons as they are. */
    @Test
    void claimsAgainWhatAnotherTransactionHasLocked() throws SQLException {
        long locked = ids.getFirst();
        try (Connection other = owner();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("set local role comuta_platform");
            statement.execute("select from BackgroundTasks where TaskID = %d for update".formatted(locked));

            offer(ids.subList(0, 2));
            await().atMost(LIMIT).until(() -> run.equals(ids.subList(1, 2)));
            other.rollback();
        }

        await().atMost(LIMIT).until(() -> run.contains(locked));
    }

    private static void asOwner(String statements) {
        try (Connection connection = owner();
                Statement statement = connection.createStatement()) {
            statement.execute(statements);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection owner() throws SQLException {
        SandboxPostgres.Login owner = postgres.login(SandboxPostgres.OWNER);
        return DriverManager.getConnection(postgres.jdbcUrl(), owner.username(), owner.password());
    }

    private void offerAll() {
        offer(ids);
    }

    private void offer(List<Long> offered) {
        List<TaskRef> refs = offered.stream().map(id -> new TaskRef(id, 1)).toList();
        queue.context().runOnContext(v -> queue.offer(refs, new BrokerDelivery(() -> {})));
    }

    private TenantFairQueue queue() {
        TaskConfig config =
                TestTransactions.config(TaskConfig.class, Map.of("comuta.tasks.max-queued-per-client", "2"));
        TaskConsequences consequences =
                new TaskConsequences(registry, List.of(), new Events(), config, Clock.systemUTC());
        TaskRunner runner = new TaskRunner(
                registry,
                consequences,
                new TaskCompleter(transactions.service(), config, vertx),
                config,
                new TaskMetrics(new SimpleMeterRegistry(), registry, Clock.systemUTC()),
                new Tracing(OpenTelemetry.noop(), () -> true));
        TaskStore store = new TaskStore(transactions.service(), registry);
        return new TenantFairQueue(
                TaskQueue.TOOL,
                store,
                new TaskClaims(store, runner, config, vertx),
                runner,
                config,
                ((VertxInternal) vertx).createEventLoopContext());
    }
}
