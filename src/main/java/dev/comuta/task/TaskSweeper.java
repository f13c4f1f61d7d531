package dev.comuta.task;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Publishes again the open tasks that nobody looked after: lost publishes, lost leases, due retries, rows of plain SQL. */
@ApplicationScoped
class TaskSweeper {

    private static final Logger LOG = Logger.getLogger(TaskSweeper.class);

    private final TaskStore store;
    private final TaskDispatcher dispatcher;
    private final TaskConfig config;
    private final Counter swept;

    TaskSweeper(TaskStore store, TaskDispatcher dispatcher, TaskConfig config, MeterRegistry metrics) {
        this.store = store;
        this.dispatcher = dispatcher;
        this.config = config;
        this.swept = metrics.counter("comuta.tasks.swept");
    }

    @Scheduled(every = "${comuta.tasks.sweep-interval:1s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return store.sweep(config.sweepLimit(), config.sweepGap())
                .invoke(found -> swept.increment(found.size()))
                .invoke(dispatcher::committed)
                .onFailure()
                .invoke(failure -> LOG.warnf("a sweep failed: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }
}
