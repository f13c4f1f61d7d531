package dev.comuta.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.event.EventType;
import dev.comuta.event.Events;
import dev.comuta.platform.db.RequestedTask;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.trace.Tracing;
import dev.comuta.sandbox.SandboxPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine on a real database, with a type of task that only this test knows. */
class TaskEngineTest {

    private static final int MAX_ATTEMPTS = 5;
    private static final TaskType GREETING = TaskType.visible("Saudação", TaskQueue.TOOL, EventType.TASK_FINISHED);

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;

    private final List<String> ends = new ArrayList<>();
    private final Greeter greeter = new Greeter();
    private final TaskRegistry registry = new TaskRegistry(List.of(GREETING), List.of(greeter));
    private final Tasks tasks = new Tasks();
    private final TaskStore store = new TaskStore(transactions.service(), registry);
    private final TaskRunner runner = runner();

    /** Greets by name, or later; a task without a name fails permanently. */
    private static final class Greeter implements TaskHandler {

        private boolean cancelable = true;

        @Override
        public Set<TaskType> types() {
            return Set.of(GREETING);
        }

        @Override
        public Duration timeLimit() {
            return Duration.ofSeconds(5);
        }

        @Override
        public boolean isCancelable() {
            return cancelable;
        }

        @Override
        public Uni<Outcome> run(ClaimedTask task) {
            String name = task.requestData().getString("name");
            if (task.requestData().containsKey("busy")) {
                return Uni.createFrom().item(new Outcome.Retry(Duration.ZERO, "busy", TaskEngineTest::explain));
            }
            if (task.requestData().containsKey("refused")) {
                return Uni.createFrom().item(new Outcome.Failed("refused", TaskEngineTest::explain));
            }
            if (task.requestData().containsKey("late")) {
                return Uni.createFrom().item(new Outcome.Retry(Duration.ofSeconds(30), "not now"));
            }
            if (task.requestData().containsKey("away")) {
                return Uni.createFrom().failure(Problem.unavailable("the database is away", null));
            }
            return Uni.createFrom()
                    .item(
                            name == null
                                    ? new Outcome.Failed("nobody to greet")
                                    : new Outcome.Done(new JsonObject().put("texto", "Olá, " + name), Effects.NONE));
        }

        @Override
        public Uni<Void> onFailed(Tx tx, ClaimedTask task, String cause) {
            if (task.requestData().containsKey("rude")) {
                throw new IllegalStateException("the handler cannot write the failure");
            }
            return Uni.createFrom().voidItem();
        }
    }

    /** Records every end. */
    private final class Recorder implements TaskListener {

        @Override
        public boolean listensTo(TaskType type) {
            return true;
        }

        @Override
        public Uni<Void> completed(Tx tx, ClaimedTask task) {
            return record("completed " + task.type().stored());
        }

        @Override
        public Uni<Void> failed(Tx tx, ClaimedTask task, String cause) {
            return record("failed " + task.type().stored());
        }

        @Override
        public Uni<Void> canceled(Tx tx, ClaimedTask task) {
            return record("canceled " + task.type().stored());
        }

        private Uni<Void> record(String end) {
            ends.add(end);
            return Uni.createFrom().voidItem();
        }
    }

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
    void empty() {
        postgres.query("delete from Events");
        postgres.query("delete from BackgroundTasks");
        postgres.query("update Clients set Status = 'Ativo', ClientName = 'A'");
        postgres.query("update TaskTypes set SeenAt = now() - interval '1 hour'");
        transactions.requested().clear();
    }

    @Test
    void runsTheHandlerOfADeclaredTypeAndNotifiesListeners() {
        request(NewTask.of(GREETING).client(1L).data(new JsonObject().put("name", "Ana")));

        runAll();

        assertEquals("Concluída", status());
        assertEquals("Olá, Ana", postgres.value("select ResultData ->> 'texto' from BackgroundTasks"));
        assertEquals(List.of("completed Saudação"), ends);
        assertEquals(
                "TarefaIniciada, TarefaConcluída",
                postgres.value("select string_agg(EventType, ', ' order by EventID) from Events"));
        assertEquals(
                1L,
                postgres.value("select count(distinct EventData ->> 'TaskID') from Events"),
                "both events name the task");
    }

    @Test
    void endsATaskWhoseHandlerCannotWriteTheFailure() {
        request(NewTask.of(GREETING).client(1L).data(new JsonObject().put("rude", true)));

        runAll();

        assertEquals("Falhou", status());
        assertEquals(List.of("failed Saudação"), ends);
        assertEquals(
                "nobody to greet; the consequences of this end were not written",
                postgres.value("select LastError from BackgroundTasks"));
    }

    @Test
    void doesNotCountAttemptsThatCouldNotBeginUntilTheTaskIsOld() {
        request(NewTask.of(GREETING).client(1L).data(new JsonObject().put("away", true)));

        runDue(2 * MAX_ATTEMPTS);

        assertEquals("Pendente", status());
        assertEquals(0, postgres.value("select Attempts from BackgroundTasks"));
        assertEquals("the database is away", postgres.value("select LastError from BackgroundTasks"));

        postgres.query("update BackgroundTasks set CreatedAt = now() - interval '25 hours'");
        runDue(MAX_ATTEMPTS);

        assertEquals("Falhou", status());
        assertEquals(List.of("failed Saudação"), ends);
    }

    @ParameterizedTest
    @ValueSource(strings = {"refused", "busy"})
    void writesTheRowsOfAFinalFailure(String why) {
        request(NewTask.of(GREETING).client(1L).data(new JsonObject().put(why, true)));

        runDue(MAX_ATTEMPTS - 1);
        boolean isFinal = why.equals("refused");
        assertEquals(isFinal ? "explained" : "A", postgres.value("select ClientName from Clients"));
        runDue(1);

        assertEquals("Falhou", status());
        assertEquals("explained", postgres.value("select ClientName from Clients"));
    }

    private static Uni<Void> explain(Tx tx) {
        return tx.execute("update Clients set ClientName = 'explained'").replaceWithVoid();
    }

    @Test
    void notifiesListenersOfAFinalFailure() {
        request(NewTask.of(GREETING).client(1L));

        runAll();

        assertEquals("Falhou", status());
        assertEquals(List.of("failed Saudação"), ends);
    }

    @Test
    void failsATaskWhoseRequestCannotBeReadAndRunsTheOthersOfItsClaim() {
        request(NewTask.of(GREETING).client(1L).data(new JsonObject().put("name", "Bia")));
        request(NewTask.of(GREETING).client(1L).data(new JsonObject().put("name", "Ana")));
        long bia = ids().getFirst();
        postgres.query(
                "update BackgroundTasks set RequestData = jsonb_build_object('n', 1e2000) where TaskID = ?", bia);

        runAll();

        assertEquals(
                "the request of the task cannot be read",
                postgres.value("select LastError from BackgroundTasks where Status = 'Falhou'"));
        assertEquals(1L, postgres.value("select count(*) from BackgroundTasks where Status = 'Concluída'"));
        assertEquals(1L, postgres.value("select count(*) from Events where EventType = 'TarefaFalhou'"));
    }

    @Test
    void publishesToTheQueueThatTheRequestNames() {
        request(NewTask.of(GREETING).client(1L).queue(TaskQueue.BULK));

        assertEquals("bulk", transactions.requested().getFirst().queue());
        assertEquals("bulk", postgres.value("select Queue from BackgroundTasks"));
    }

    @Test
    void publishesADelayedTaskItselfAndLeavesItToTheSweeperAfterwards() {
        request(NewTask.of(GREETING).client(1L).delay(Duration.ofMinutes(1)));

        assertEquals(Duration.ofMinutes(1), transactions.requested().getFirst().delay());
        assertEquals(
                true,
                postgres.value(
                        "select DueAt between NotBefore and NotBefore + interval '6 seconds' from BackgroundTasks"));
    }

    @Test
    void publishesARetryToTheQueueOfTheTaskWhenItMayBegin() {
        request(NewTask.of(GREETING)
                .client(1L)
                .queue(TaskQueue.BULK)
                .data(new JsonObject().put("name", "Ana").put("late", true)));
        transactions.requested().clear();

        runAll();

        RequestedTask retry = transactions.requested().getFirst();
        assertEquals(List.of(retry.taskId()), ids());
        assertEquals("bulk", retry.queue());
        assertTrue(retry.delay().compareTo(Duration.ofSeconds(30)) >= 0, retry.delay() + " as the handler said");
        assertEquals(true, postgres.value("select DueAt > NotBefore + interval '4 seconds' from BackgroundTasks"));
    }

    @Test
    void failsATaskWhoseTypeNoProcessHasAnnouncedForAMinute() {
        insertFromElsewhere("2 minutes");

        runAll();

        assertEquals("Falhou", status());
        assertEquals(List.of("failed OutroSistema"), ends);
    }

    @Test
    void leavesATaskWhoseTypeAnotherProcessHandles() {
        insertFromElsewhere("2 minutes");
        store.announceHandled(List.of("OutroSistema")).await().indefinitely();

        runAll();

        assertEquals("Pendente", status());
        assertTrue(ends.isEmpty());
    }

    @Test
    void leavesAYoungTaskOfAnUnknownTypeToAProcessThatIsAboutToStart() {
        insertFromElsewhere("0 seconds");

        runAll();

        assertEquals("Pendente", status());
    }

    @Test
    void returnsTheTasksOfAClaimWhoseResponseWasLost() {
        request(NewTask.of(GREETING).client(1L));
        request(NewTask.of(GREETING).client(1L));
        postgres.query("update BackgroundTasks set LeaseID = gen_random_uuid() where TaskID = ?", ids().getLast());
        UUID claim = UUID.randomUUID();
        List<ClaimedTask> lost = claim(claim);
        List<ClaimedTask> repeated = claim(claim);

        assertEquals(
                List.of(false, true),
                repeated.stream().map(ClaimedTask::unfinished).toList());
        assertEquals(List.of(1, 1), repeated.stream().map(ClaimedTask::attempt).toList());
        assertEquals(
                lost.stream().map(ClaimedTask::leaseId).toList(),
                repeated.stream().map(ClaimedTask::leaseId).toList());
        assertTrue(claim(UUID.randomUUID()).isEmpty(), "another claim gets none of them");
    }

    @Test
    void doesNotTakeItsOwnExpiredClaimForAnUnknownOutcome() {
        request(NewTask.of(GREETING).client(1L));
        UUID claim = UUID.randomUUID();
        claim(claim);
        postgres.query("update BackgroundTasks set DueAt = now() - interval '1 second'");
        store.sweep(10, Duration.ofSeconds(30)).await().indefinitely();

        assertEquals(
                List.of(false),
                claim(claim).stream().map(ClaimedTask::unfinished).toList());
    }

    @Test
    void cancelsTheTaskOfAnInactiveClientInsteadOfRunningIt() {
        request(NewTask.of(GREETING).client(1L).data(new JsonObject().put("name", "Ana")));
        postgres.query("update Clients set Status = 'Inativo'");

        runAll();

        assertEquals("Cancelada", status());
        assertEquals(List.of("canceled Saudação"), ends);
        assertEquals(
                "TarefaIniciada, TarefaCancelada",
                postgres.value("select string_agg(EventType, ', ' order by EventID) from Events"));
    }

    @Test
    void endsATaskOfAnInactiveClientWhoseHandlerCannotWriteTheCancellation() {
        request(NewTask.of(GREETING).client(1L).data(new JsonObject().put("rude", true)));
        postgres.query("update Clients set Status = 'Inativo'");

        runAll();

        assertEquals("Falhou", status());
    }

    @Test
    void runsTheTaskOfAnInactiveClientThatMayNotBeCanceled() {
        greeter.cancelable = false;
        request(NewTask.of(GREETING).client(1L).data(new JsonObject().put("name", "Ana")));
        postgres.query("update Clients set Status = 'Inativo'");

        runAll();

        assertEquals("Concluída", status());
    }

    @Test
    void makesWaitingTasksOfAClientDueUnlessTheyMayNotBeCanceled() {
        request(NewTask.of(GREETING).client(1L).delay(Duration.ofHours(1)));
        cancelOpen();
        assertEquals(
                1,
                store.sweep(10, Duration.ofSeconds(30)).await().indefinitely().size());

        greeter.cancelable = false;
        postgres.query("update BackgroundTasks set NotBefore = now() + interval '1 hour'");
        postgres.query("update BackgroundTasks set DueAt = NotBefore");
        cancelOpen();
        assertTrue(
                store.sweep(10, Duration.ofSeconds(30)).await().indefinitely().isEmpty());
    }

    private void cancelOpen() {
        transactions
                .service()
                .statementsInTenant(1, tx -> new TasksOfClients(registry).cancelOpen(tx, 1))
                .await()
                .indefinitely();
    }

    private List<ClaimedTask> claim(UUID claim) {
        return store.claim(ids(), runner.leases(), claim).await().indefinitely().tasks().stream()
                .sorted(Comparator.comparingLong(ClaimedTask::taskId))
                .toList();
    }

    private static List<Long> ids() {
        return postgres.query("select TaskID from BackgroundTasks order by TaskID").stream()
                .map(row -> (Long) row.get("taskid"))
                .toList();
    }

    private static void insertFromElsewhere(String age) {
        postgres.query(
                "insert into BackgroundTasks (ClientID, TaskType, CreatedAt) values (1, 'OutroSistema', now() - '" + age
                        + "'::interval)");
    }

    private void request(NewTask task) {
        transactions
                .service()
                .statementsInTenant(1, tx -> tasks.request(tx, task))
                .await()
                .indefinitely();
    }

    /** Claims every row, like a worker that received all ids, and runs the claimed tasks. */
    private void runAll() {
        List<ClaimedTask> claimed = store.claim(ids(), runner.leases(), UUID.randomUUID())
                .await()
                .indefinitely()
                .tasks();
        claimed.forEach(task -> runner.run(task).await().indefinitely());
    }

    /** Runs attempts without the delays between them. */
    private void runDue(int attempts) {
        for (int i = 0; i < attempts; i++) {
            postgres.query("update BackgroundTasks set NotBefore = null");
            runAll();
        }
    }

    private static Object status() {
        return postgres.value("select Status from BackgroundTasks");
    }

    private TaskRunner runner() {
        TaskConfig config = TestTransactions.config(TaskConfig.class);
        TaskConsequences consequences =
                new TaskConsequences(registry, List.of(new Recorder()), new Events(), config, Clock.systemUTC());
        return new TaskRunner(
                registry,
                consequences,
                new TaskCompleter(transactions.service(), config, vertx),
                config,
                new TaskMetrics(new SimpleMeterRegistry(), registry, Clock.systemUTC()),
                new Tracing(OpenTelemetry.noop(), () -> true));
    }
}
