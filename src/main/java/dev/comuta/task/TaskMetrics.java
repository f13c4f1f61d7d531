package dev.comuta.task;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;

/** What the task engine tells Prometheus, by type of task. */
@ApplicationScoped
class TaskMetrics {

    private final MeterRegistry registry;
    private final Clock clock;

    TaskMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** A first attempt begins: how long the task had waited. */
    Timer.Sample begun(ClaimedTask task) {
        if (task.attempt() == 1) {
            registry.timer("comuta.tasks.wait", "type", task.type().stored()).record(age(task));
        }
        return Timer.start(registry);
    }

    /** An attempt came to its end: how long it took. */
    void attempted(ClaimedTask task, Outcome outcome, Timer.Sample begun) {
        String ending = outcome.getClass().getSimpleName();
        begun.stop(registry.timer("comuta.tasks.attempts", "type", task.type().stored(), "outcome", ending));
    }

    /** A task came to its end: how long it took from its request. */
    void ended(ClaimedTask task, TaskStatus status) {
        if (status != TaskStatus.PENDING) {
            registry.timer("comuta.tasks.latency", "type", task.type().stored(), "status", status.name())
                    .record(age(task));
        }
    }

    /** An attempt found that its task belongs to another. */
    void leaseLost() {
        registry.counter("comuta.tasks.leases.lost").increment();
    }

    private Duration age(ClaimedTask task) {
        Duration age = Duration.between(task.createdAt(), clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }
}
