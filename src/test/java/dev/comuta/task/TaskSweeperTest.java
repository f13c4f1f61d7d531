package dev.comuta.task;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.event.Events;
import dev.comuta.platform.db.RequestedTask;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.trace.Tracing;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.task.TaskMessage.TaskRef;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sweeps of at most ten tasks, on a real database. An attempt never ends. */
class TaskSweeperTest {

    private static final TaskType GREETING = TaskType.silent("Saudação", TaskQueue.TOOL);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;

    private final List<Long> run = new CopyOnWriteArrayList<>();
    private final List<RequestedTask> published = new CopyOnWriteArrayList<>();
    private final TaskRegistry registry = new TaskRegistry(
            List.of(GREETING),
            List.of(new RecordingHandler(
                    GREETING, Duration.ofHours(1), run, Uni.createFrom().nothing())));
    private final TaskConfig config = TestTransactions.config(
            TaskConfig.class,
            Map.of(
                    "comuta.tasks.max-queued-per-client", "2",
                    "comuta.tasks.slots-per-client", "1",
                    "comuta.tasks.sweep-limit", "10"));
    private final TaskWorker worker = worker();
    private final TaskSweeper sweeper = new TaskSweeper(
            registry,
            new TaskStore(transactions.service(), registry),
            published::addAll,
            worker,
            config,
            new SimpleMeterRegistry());

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        postgres.query("insert into Clients (ClientName) values ('A'), ('B'), ('C')");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void empty() {
        postgres.query("delete from BackgroundTasks");
    }

    /** A hundred tasks of the first client are older than all others. */
    @Test
    void publishesTasksOfEveryClientDuringTheBacklogOfOne() {
        insertOverdue(1L, 100, "2 hours");
        insertOverdue(2L, 1, "1 minute");
        insertOverdue(3L, 2, "1 minute");
        insertOverdue(null, 1, "1 minute");

        sweep();

        assertEquals(10, published.size());
        assertEquals(1, published(2L));
        assertEquals(2, published(3L));
        assertEquals(1, published(null));
        sweep();
        assertEquals(16, published(1L), "one client alone has the whole round");
    }

    @Test
    void publishesNothingThatIsNotDue() {
        postgres.query("insert into BackgroundTasks (ClientID, TaskType, DueAt) "
                + "select client, 'Saudação', now() + interval '1 minute' from unnest(array[1, null]) client");
        insertOverdue(2L, 1, "1 minute");
        postgres.query("update BackgroundTasks set Status = 'Concluída' where ClientID = 2");

        sweep();

        assertTrue(published.isEmpty());
    }

    @Test
    void publishesAtOnceWhatPlainSqlAdds() {
        postgres.query("insert into BackgroundTasks (ClientID, TaskType) values (1, 'Saudação'), (null, 'Saudação')");

        sweep();

        assertEquals(1, published(1L));
        assertEquals(1, published(null));
    }

    /** The worker runs the first task, holds two and has left the others in the table. */
    @Test
    void doesNotPublishWhatAQueueOfThisProcessHasLeftInTheTable() {
        List<Long> ids = insertOverdue(1L, 6, "1 minute");
        worker.tool(Message.of(
                new TaskMessage(ids.stream().map(id -> new TaskRef(id, 1)).toList()).toJson()));
        await().atMost(LIMIT).until(() -> run.size() == 1);
        insertOverdue(2L, 1, "1 minute");

        sweep();

        assertEquals(1, published(2L));
        assertEquals(
                List.of(ids.get(1)),
                published.stream()
                        .map(RequestedTask::taskId)
                        .filter(ids::contains)
                        .toList());
    }

    private void sweep() {
        sweeper.sweep().await().indefinitely();
    }

    private long published(Long client) {
        return published.stream()
                .filter(task -> client == null ? task.clientId() == null : client.equals(task.clientId()))
                .count();
    }

    private static List<Long> insertOverdue(Long client, int number, String age) {
        return postgres
                .query(
                        "insert into BackgroundTasks (ClientID, TaskType, DueAt) select ?, 'Saudação', now() - ?::interval "
                                + "from generate_series(1, ?) returning TaskID",
                        client,
                        age,
                        number)
                .stream()
                .map(row -> (Long) row.get("taskid"))
                .toList();
    }

    private TaskWorker worker() {
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
        return new TaskWorker(
                vertx,
                registry,
                store,
                new TaskClaims(store, runner, config, vertx),
                runner,
                config,
                new SimpleMeterRegistry());
    }
}
