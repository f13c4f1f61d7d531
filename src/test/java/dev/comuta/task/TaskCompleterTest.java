package dev.comuta.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.event.EventType;
import dev.comuta.event.Events;
import dev.comuta.platform.db.RequestedTask;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.task.TaskCompleter.LeaseLost;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attempts of several clients are completed together on a real database: two clients with three sessions each. */
class TaskCompleterTest {

    private static final JsonObject LEASES = new JsonObject().put("RespostaAssistente", 60);

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;

    private final Events events = new Events();
    private TaskCompleter completer;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        postgres.query("insert into Clients (ClientName) values ('A'), ('B')");
        postgres.query("""
                insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Status)
                select ClientID, 'WhatsApp', '+551130' || ClientID, 'Ativo' from Clients""");
        postgres.query("""
                insert into Sessions (ClientID, ChannelID)
                select ClientID, ChannelID from CommunicationChannels, generate_series(1, 3)""");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    /** One shard, so that completions that are submitted during a commit share the next one. */
    @BeforeEach
    void empty() {
        postgres.query("delete from Events");
        postgres.query("delete from BackgroundTasks");
        transactions.requested().clear();
        completer = completer(Map.of("comuta.tasks.completion-shards", "1"));
    }

    private static TaskCompleter completer(Map<String, String> settings) {
        return new TaskCompleter(transactions.service(), TestTransactions.config(TaskConfig.class, settings), vertx);
    }

    /** All completions are submitted before the shard, which has the same event loop, drains the first. */
    @Test
    void completesAttemptsOfSeveralClientsInOneCommit() {
        List<ClaimedTask> tasks = claimOneTaskOfEachSession();
        CompletableFuture<List<CompletableFuture<Void>>> stored = new CompletableFuture<>();
        vertx.runOnContext(
                loop -> stored.complete(tasks.stream().map(this::finish).toList()));
        all(stored.join());

        assertEquals(Set.of("Concluída"), statuses());
        assertEquals(6L, events());
        assertEquals(1L, postgres.value("select count(distinct Tx) from Events"));
        assertEquals(0L, postgres.value("""
                select count(*) from Events e join Sessions s on s.SessionID = e.SessionID
                where e.ClientID <> s.ClientID"""));
    }

    @Test
    void limitsEffectsToTheRowsOfTheirClient() {
        List<ClaimedTask> tasks = claimOneTaskOfEachSession();
        List<Long> seen = new ArrayList<>();
        Effects readClients = tx -> tx.sql("select distinct ClientID from Sessions")
                .invoke(rows -> rows.forEach(row -> seen.add(row.getLong(0))))
                .replaceWithVoid();
        all(tasks.stream()
                .map(task -> store(TaskCompletion.done(task, null, readClients)))
                .toList());

        List<Long> expected = tasks.stream().map(ClaimedTask::clientId).sorted().toList();
        assertEquals(expected, seen.stream().sorted().toList());
    }

    @Test
    void failsOnlyTheCompletionWhoseEffectsFail() {
        List<ClaimedTask> tasks = claimOneTaskOfEachSession();
        Effects bad = tx ->
                event(tx, tasks.get(2)).chain(() -> tx.sql("select 1 / 0")).replaceWithVoid();
        List<CompletableFuture<Void>> stored = tasks.stream()
                .map(task -> task.equals(tasks.get(2)) ? store(TaskCompletion.done(task, null, bad)) : finish(task))
                .toList();

        assertThrows(CompletionException.class, stored.get(2)::join);
        all(stored.subList(0, 2));
        all(stored.subList(3, 6));
        assertEquals(5L, events());
        assertEquals(Set.of("Concluída", "Em Andamento"), statuses());
    }

    @Test
    void writesNothingForAnAttemptThatNoLongerOwnsItsTask() {
        List<ClaimedTask> tasks = claimOneTaskOfEachSession();
        long stolen = tasks.getFirst().taskId();
        postgres.query("update BackgroundTasks set LeaseID = gen_random_uuid() where TaskID = ?", stolen);
        List<CompletableFuture<Void>> stored = tasks.stream().map(this::finish).toList();

        Throwable lost = assertThrows(CompletionException.class, stored.getFirst()::join);
        assertInstanceOf(LeaseLost.class, lost.getCause());
        all(stored.subList(1, 6));
        assertEquals(5L, events());
    }

    @Test
    void completesOtherSessionsWhileOneIsLocked() throws SQLException {
        List<ClaimedTask> tasks = claimOneTaskOfEachSession();
        List<CompletableFuture<Void>> stored = new ArrayList<>();
        SandboxPostgres.Login owner = postgres.login(SandboxPostgres.OWNER);
        try (Connection other = DriverManager.getConnection(postgres.jdbcUrl(), owner.username(), owner.password());
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("set local role comuta_platform");
            statement.execute(
                    "select from Sessions where SessionID = " + tasks.getFirst().sessionId() + " for no key update");
            tasks.forEach(task -> stored.add(finish(task)));

            all(stored.subList(1, 6));
            assertFalse(stored.getFirst().isDone());
            other.rollback();
        }
        stored.getFirst().join();
        assertEquals(Set.of("Concluída"), statuses());
    }

    /** The lock is released after the other client's completion, so a group that waits for it fails the test. */
    @Test
    void completesAnotherClientsTaskWhileARowOfThisOneIsLocked() throws SQLException {
        List<ClaimedTask> tasks = claimOneTaskOfEachSession();
        ClaimedTask first = tasks.getFirst();
        ClaimedTask ofAnother = tasks.stream()
                .filter(task -> !task.clientId().equals(first.clientId()))
                .findFirst()
                .orElseThrow();
        Effects blocked = tx -> tx.execute("update CommunicationChannels set Version = Version + 1")
                .replaceWithVoid();
        CompletableFuture<Void> held;
        SandboxPostgres.Login owner = postgres.login(SandboxPostgres.OWNER);
        try (Connection other = DriverManager.getConnection(postgres.jdbcUrl(), owner.username(), owner.password());
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("set local role comuta_platform");
            statement.execute("select from CommunicationChannels where ClientID = " + first.clientId() + " for update");
            CompletableFuture<List<CompletableFuture<Void>>> stored = new CompletableFuture<>();
            vertx.runOnContext(loop ->
                    stored.complete(List.of(store(TaskCompletion.done(first, null, blocked)), finish(ofAnother))));

            stored.join().getLast().join();
            held = stored.join().getFirst();
            assertFalse(held.isDone());
            other.rollback();
        }
        held.join();
        assertEquals(2L, postgres.value("select count(*) from BackgroundTasks where Status = 'Concluída'"));
    }

    /** After the first completion the second waits for the interval, which the third makes a whole group. */
    @Test
    void sharesCommitsWithinTheInterval() {
        completer = completer(Map.of(
                "comuta.tasks.completion-shards", "1",
                "comuta.tasks.completion-limit", "2",
                "comuta.tasks.completion-interval", "1h"));
        List<ClaimedTask> tasks = claimOneTaskOfEachSession();
        finish(tasks.get(0)).join();
        CompletableFuture<Void> second = finish(tasks.get(1));
        CompletableFuture<Void> third = finish(tasks.get(2));

        all(List.of(second, third));
        assertEquals(2L, postgres.value("select count(distinct Tx) from Events"));
    }

    @Test
    void publishesTheNextTaskOfTheSameKey() {
        List<ClaimedTask> tasks = claimOneTaskOfEachSession();
        postgres.query("""
                insert into BackgroundTasks (SessionID, TaskType, SerialKey)
                select SessionID, TaskType, SerialKey from BackgroundTasks limit 1""");
        all(tasks.stream().map(this::finish).toList());

        Object next = postgres.value("select TaskID from BackgroundTasks where Status = 'Pendente'");
        assertEquals(
                List.of(next),
                transactions.requested().stream().map(RequestedTask::taskId).toList());
    }

    private CompletableFuture<Void> finish(ClaimedTask task) {
        return store(TaskCompletion.done(task, null, tx -> event(tx, task)));
    }

    private Uni<Void> event(Tx tx, ClaimedTask task) {
        return events.record(tx, task.clientId(), task.sessionId(), EventType.TASK_FINISHED, new JsonObject());
    }

    private CompletableFuture<Void> store(TaskCompletion completion) {
        return completer.store(completion).subscribeAsCompletionStage();
    }

    private static List<ClaimedTask> claimOneTaskOfEachSession() {
        postgres.query("""
                insert into BackgroundTasks (SessionID, TaskType, SerialKey)
                select SessionID, 'RespostaAssistente', 'turno:' || SessionID from Sessions order by SessionID""");
        List<Long> ids = postgres.query("select TaskID from BackgroundTasks").stream()
                .map(row -> (Long) row.get("taskid"))
                .toList();
        TaskRegistry registry = new TaskRegistry(List.of(), List.of());
        return new TaskStore(transactions.service(), registry)
                .claim(ids, LEASES, UUID.randomUUID())
                .await()
                .indefinitely()
                .tasks();
    }

    private static void all(List<CompletableFuture<Void>> stored) {
        stored.forEach(CompletableFuture::join);
    }

    private static Set<Object> statuses() {
        return postgres.query("select distinct Status from BackgroundTasks").stream()
                .map(row -> row.get("status"))
                .collect(Collectors.toSet());
    }

    private static Object events() {
        return postgres.value("select count(*) from Events");
    }
}
