package dev.comuta.platform.boot;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Starts the scheduled jobs after everything that they use: the migrated database, and the connection to the broker. */
@ApplicationScoped
class JobsStart {

    private static final int LAST = 100_000;

    private final Scheduler scheduler;

    JobsStart(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    void start(@Observes @Priority(LAST) StartupEvent start) {
        scheduler.resume();
    }
}
