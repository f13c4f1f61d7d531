package dev.comuta.task;

import dev.comuta.platform.db.CommitListener;
import dev.comuta.platform.db.RequestedTask;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/** Publishes overdue tasks: after lost publishes and lost leases, due retries, rows inserted by plain SQL. */
@ApplicationScoped
class TaskSweeper {

    private static final Logger LOG = Logger.getLogger(TaskSweeper.class);

    private final TaskRegistry registry;
    private final TaskStore store;
    private final CommitListener dispatcher;
    private final TaskWorker worker;
    private final TaskConfig config;
    private final Counter swept;

    TaskSweeper(
            TaskRegistry registry,
            TaskStore store,
            CommitListener dispatcher,
            TaskWorker worker,
            TaskConfig config,
            MeterRegistry metrics) {
        this.registry = registry;
        this.store = store;
        this.dispatcher = dispatcher;
        this.worker = worker;
        this.config = config;
        this.swept = metrics.counter("comuta.tasks.swept");
    }

    /** A claim fails tasks of a type that no process has announced for a minute. */
    @Scheduled(every = "20s")
    Uni<Void> announceHandledTypes() {
        List<String> handled =
                registry.handlers().keySet().stream().map(TaskType::stored).toList();
        return store.announceHandled(handled)
                .onFailure()
                .invoke(failure -> LOG.warnf("handled task types were not announced: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    @Scheduled(every = "${comuta.tasks.sweep-interval:1s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return store.sweep(config.sweepLimit(), config.sweepGap())
                .invoke(found -> swept.increment(found.size()))
                .invoke(this::publish)
                .onFailure()
                .invoke(failure -> LOG.warnf("a sweep failed: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** A task that a queue of this process has left in the table is fetched by that queue. */
    private void publish(List<RequestedTask> found) {
        dispatcher.committed(
                found.stream().filter(task -> !worker.hasLeft(task)).toList());
    }
}
