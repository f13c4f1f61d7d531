package dev.comuta.task;

import dev.comuta.event.Events;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.problem.UnknownOutcome;
import dev.comuta.platform.trace.Tracing;
import dev.comuta.sandbox.SandboxPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The engine on a real database, with a task that changes another system, which this class plays and records. A script
 * decides how each attempt ends; time moves only when every part waits for it.
 */
final class OutsideWorld {

    static final int ATTEMPTS = 4;
    private static final TaskType SENDING = TaskType.silent("Envio", TaskQueue.SEND);

    /** How the data of the attempt are read. */
    enum Find {
        FOUND,
        DATABASE_AWAY
    }

    /** How the other system answers. */
    enum Port {
        ACCEPTS,
        ACCEPTS_WITHOUT_ANSWER,
        ACCEPTS_AND_HANGS,
        HANGS,
        REFUSES_FOR_NOW,
        REFUSES
    }

    /** How the completion is stored. */
    enum Commit {
        STORED,
        STORED_AFTER_AN_OUTAGE,
        STORED_WITHOUT_ANSWER,
        REFUSED,
        DATABASE_AWAY,
        DATABASE_FROZEN
    }

    /** When the process is killed. */
    enum Kill {
        NEVER,
        DURING_CALL,
        DURING_COMMIT
    }

    /** The script of one attempt. */
    record Attempt(Find find, Port port, Commit commit, Kill kill) {

        static final Attempt GOOD = new Attempt(Find.FOUND, Port.ACCEPTS, Commit.STORED, Kill.NEVER);

        static Attempt of(Find find) {
            return new Attempt(find, Port.ACCEPTS, Commit.STORED, Kill.NEVER);
        }

        static Attempt of(Port port) {
            return new Attempt(Find.FOUND, port, Commit.STORED, Kill.NEVER);
        }

        static Attempt of(Commit commit) {
            return new Attempt(Find.FOUND, Port.ACCEPTS, commit, Kill.NEVER);
        }

        static Attempt of(Kill kill) {
            return new Attempt(Find.FOUND, Port.ACCEPTS, Commit.STORED, kill);
        }
    }

    private final SandboxPostgres postgres;
    private final FakeTimer timer = new FakeTimer();
    private final TaskRegistry registry = new TaskRegistry(List.of(SENDING), List.of(new Sender()));
    private final TaskStore store;
    private final TaskRunner runner;

    private Attempt script;
    private int outages;
    private int received;
    private boolean uncertain;
    private final AtomicBoolean stalled = new AtomicBoolean();
    private final AtomicBoolean killed = new AtomicBoolean();

    /** A permit for each fact that the player has not looked at. */
    private final Semaphore news = new Semaphore(0);

    OutsideWorld(Vertx vertx, SandboxPostgres postgres, TestTransactions transactions) {
        this.postgres = postgres;
        postgres.query("delete from Events");
        postgres.query("delete from Alerts");
        postgres.query("delete from BackgroundTasks");
        store = new TaskStore(transactions.service(), registry);
        TaskConfig config = TestTransactions.config(TaskConfig.class, Map.of("comuta.tasks.completion-shards", "1"));
        runner = new TaskRunner(
                registry,
                new TaskConsequences(registry, List.of(), new Events(), config, Clock.systemUTC()),
                new UnreliableCompleter(transactions, config, vertx),
                config,
                new TaskMetrics(new SimpleMeterRegistry(), registry, Clock.systemUTC()),
                new Tracing(OpenTelemetry.noop(), () -> true),
                timer);
        postgres.query("insert into BackgroundTasks (ClientID, TaskType) values (1, 'Envio')");
    }

    /** Sends once; after an attempt of unknown outcome it sends nothing, like a provider that cannot be asked. */
    private final class Sender implements TaskHandler {

        @Override
        public Set<TaskType> types() {
            return Set.of(SENDING);
        }

        @Override
        public Duration timeLimit() {
            return Duration.ofSeconds(15);
        }

        @Override
        public int maxAttempts() {
            return ATTEMPTS;
        }

        @Override
        public boolean changesOtherSystems() {
            return true;
        }

        @Override
        public Uni<Outcome> run(ClaimedTask task) {
            if (script.find() == Find.DATABASE_AWAY) {
                return Uni.createFrom().failure(Problem.unavailable("the database did not answer", null));
            }
            if (task.unfinished()) {
                return Uni.createFrom().failure(new UnknownOutcome("an earlier attempt ended without a result", null));
            }
            task.calling();
            return call().map(answer -> new Outcome.Done(new JsonObject().put("fim", "Enviada"), effects()));
        }

        private Effects effects() {
            return script.commit() == Commit.REFUSED
                    ? tx -> tx.sql("select jsonb_build_object('a', chr(0))").replaceWithVoid()
                    : Effects.NONE;
        }
    }

    private Uni<String> call() {
        Port port = script.port();
        if (port == Port.ACCEPTS || port == Port.ACCEPTS_WITHOUT_ANSWER || port == Port.ACCEPTS_AND_HANGS) {
            received++;
        }
        uncertain |= port != Port.ACCEPTS && port != Port.REFUSES && port != Port.REFUSES_FOR_NOW;
        if (script.kill() == Kill.DURING_CALL) {
            announce(killed);
            return Uni.createFrom().nothing();
        }
        return switch (port) {
            case ACCEPTS -> Uni.createFrom().item("id");
            case ACCEPTS_WITHOUT_ANSWER -> Uni.createFrom().failure(TransientFailure.unanswered(null));
            case REFUSES_FOR_NOW -> Uni.createFrom().failure(new TransientFailure("busy"));
            case REFUSES -> Uni.createFrom().failure(new PermanentFailure("no"));
            case ACCEPTS_AND_HANGS, HANGS -> waiting();
        };
    }

    private void announce(AtomicBoolean fact) {
        fact.set(true);
        news.release();
    }

    private <T> Uni<T> waiting() {
        return Uni.createFrom().emitter(emitter -> announce(stalled));
    }

    private <T> Uni<T> away() {
        return Uni.createFrom().emitter(emitter -> {
            emitter.fail(Problem.unavailable("the database did not answer", null));
            announce(stalled);
        });
    }

    /** The real completer behind a connection that the script breaks. */
    private final class UnreliableCompleter extends TaskCompleter {

        private UnreliableCompleter(TestTransactions transactions, TaskConfig config, Vertx vertx) {
            super(transactions.service(), config, vertx);
        }

        @Override
        Uni<Void> store(TaskCompletion completion) {
            return Uni.createFrom().deferred(() -> storeNow(completion));
        }

        private Uni<Void> storeNow(TaskCompletion completion) {
            if (script.kill() == Kill.DURING_COMMIT) {
                announce(killed);
                return Uni.createFrom().nothing();
            }
            return switch (script.commit()) {
                case STORED, REFUSED -> super.store(completion);
                case STORED_AFTER_AN_OUTAGE -> outages++ < 2 ? away() : super.store(completion);
                case STORED_WITHOUT_ANSWER ->
                    outages++ < 1 ? super.store(completion).chain(OutsideWorld.this::away) : super.store(completion);
                case DATABASE_AWAY -> away();
                case DATABASE_FROZEN -> waiting();
            };
        }
    }

    /** Plays the attempts until the task has ended; the other system and the database work beyond the script. */
    void play(List<Attempt> attempts) {
        List<Attempt> rest = new ArrayList<>(attempts);
        for (int i = 0; i < 3 * ATTEMPTS && isOpen(); i++) {
            play(rest.isEmpty() ? Attempt.GOOD : rest.removeFirst());
        }
    }

    private void play(Attempt attempt) {
        script = attempt;
        outages = 0;
        stalled.set(false);
        killed.set(false);
        news.drainPermits();
        postgres.query("update BackgroundTasks set NotBefore = null, DueAt = now() - interval '1 second'");
        long taskId = (Long) postgres.value("select TaskID from BackgroundTasks");
        ClaimedTask task = store.claim(List.of(taskId), runner.leases(), UUID.randomUUID())
                .await()
                .indefinitely()
                .tasks()
                .getFirst();
        AtomicBoolean ended = new AtomicBoolean();
        Cancellable run = runner.run(task).subscribe().with(done -> announce(ended));
        while (!ended.get() && !killed.get()) {
            news.acquireUninterruptibly();
            if (stalled.getAndSet(false) && !ended.get() && !timer.runNext()) {
                throw new AssertionError("the attempt waits for ever");
            }
        }
        run.cancel();
        uncertain |= reportedNoEnd(attempt);
    }

    private static boolean reportedNoEnd(Attempt attempt) {
        return attempt.kill() != Kill.NEVER
                || attempt.commit() == Commit.DATABASE_AWAY
                || attempt.commit() == Commit.DATABASE_FROZEN
                || attempt.commit() == Commit.REFUSED;
    }

    /** How often the other system received the request. */
    int received() {
        return received;
    }

    /** Whether the engine could not know the outcome of an attempt. */
    boolean uncertain() {
        return uncertain;
    }

    boolean isOpen() {
        return Set.of("Pendente", "Em Andamento").contains(status());
    }

    String status() {
        return (String) postgres.value("select Status from BackgroundTasks");
    }

    boolean endedWithUnknownOutcome() {
        return "desconhecido".equals(postgres.value("select ResultData ->> 'desfecho' from BackgroundTasks"));
    }
}
