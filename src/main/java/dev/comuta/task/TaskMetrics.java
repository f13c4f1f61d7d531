package dev.comuta.task;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The metrics of the task engine, most of them by task type. Meters are cached, so that each is looked up once. */
@ApplicationScoped
class TaskMetrics {

    private static final List<Class<? extends Outcome>> OUTCOMES =
            List.of(Outcome.Done.class, Outcome.Retry.class, Outcome.Postponed.class, Outcome.Failed.class);
    private static final List<TaskStatus> FINAL = List.of(TaskStatus.DONE, TaskStatus.FAILED);

    private final Map<String, Meters> meters = new ConcurrentHashMap<>();
    private final MeterRegistry registry;
    private final TaskRegistry types;
    private final Clock clock;
    private final Counter leasesLost;

    TaskMetrics(MeterRegistry registry, TaskRegistry types, Clock clock) {
        this.types = types;
        this.registry = registry;
        this.clock = clock;
        this.leasesLost = registry.counter("comuta.tasks.leases.lost");
    }

    /** The meters of one type. */
    private record Meters(Timer waited, Map<Class<?>, Timer> attempts, Map<TaskStatus, Timer> latency) {

        static Meters of(MeterRegistry registry, String type) {
            return new Meters(
                    registry.timer("comuta.tasks.wait", "type", type),
                    Meters.<Class<?>>byKey(
                            OUTCOMES,
                            outcome -> registry.timer(
                                    "comuta.tasks.attempts", "type", type, "outcome", outcome.getSimpleName())),
                    byKey(
                            FINAL,
                            status -> registry.timer("comuta.tasks.latency", "type", type, "status", status.name())));
        }

        private static <K> Map<K, Timer> byKey(List<? extends K> keys, Function<K, Timer> timer) {
            return keys.stream().collect(Collectors.toMap(Function.identity(), timer));
        }
    }

    /** Starts the timer of an attempt. A first attempt records how long the task waited. */
    Timer.Sample begun(ClaimedTask task) {
        if (task.attempt() == 1) {
            metersOf(task.type()).waited().record(age(task));
        }
        return Timer.start(registry);
    }

    /** Records the duration of an attempt. */
    void attempted(ClaimedTask task, Outcome outcome, Timer.Sample begun) {
        begun.stop(metersOf(task.type()).attempts().get(outcome.getClass()));
    }

    /** Records the time from a task's request to its final state. */
    void ended(ClaimedTask task, TaskStatus status) {
        if (FINAL.contains(status)) {
            metersOf(task.type()).latency().get(status).record(age(task));
        }
    }

    /** Counts an attempt that no longer owned its task. */
    void leaseLost() {
        leasesLost.increment();
    }

    /** Undeclared types share one label, because their number has no limit. */
    private Meters metersOf(TaskType type) {
        String label = types.declared(type.stored()).isPresent() ? type.stored() : "undeclared";
        return meters.computeIfAbsent(label, name -> Meters.of(registry, name));
    }

    private Duration age(ClaimedTask task) {
        Duration age = Duration.between(task.createdAt(), clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }
}
