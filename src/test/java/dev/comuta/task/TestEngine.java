package dev.comuta.task;

import dev.comuta.event.Events;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.trace.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** Runs attempts of tasks without a worker, each with the transaction that completes it, for tests of other rooms. */
public final class TestEngine {

    private final TaskStore store;
    private final TaskRunner runner;

    /** An engine with this handler. */
    public TestEngine(Transactions transactions, Vertx vertx, TaskHandler handler, List<TaskListener> listeners) {
        TaskConfig config = TestTransactions.config(TaskConfig.class);
        TaskRegistry registry = new TaskRegistry(List.copyOf(handler.types()), List.of(handler));
        this.store = new TaskStore(transactions, registry);
        this.runner = new TaskRunner(
                registry,
                new TaskConsequences(registry, listeners, new Events(), config, Clock.systemUTC()),
                new TaskCompleter(transactions, config, vertx),
                config,
                new TaskMetrics(new SimpleMeterRegistry(), registry, Clock.systemUTC()),
                new Tracing(OpenTelemetry.noop(), () -> true));
    }

    /** Claims a task for an attempt whose end nobody will report, as when its process is killed. */
    public List<ClaimedTask> claim(long taskId) {
        return store.claim(List.of(taskId), runner.leases(), UUID.randomUUID())
                .await()
                .indefinitely()
                .tasks();
    }

    /** Completes an attempt of a claimed task. */
    public void run(ClaimedTask task) {
        runner.run(task).await().indefinitely();
    }

    /** Runs one attempt, if the task can be claimed now. */
    public void run(long taskId) {
        claim(taskId).forEach(this::run);
    }
}
