package dev.comuta.task;

import dev.comuta.event.EventType;
import dev.comuta.event.Events;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.http.StorableText;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Maps an attempt's outcome to the completion of its task: state, next attempt, rows. Writes nothing itself. */
@ApplicationScoped
class TaskConsequences {

    private static final Logger LOG = Logger.getLogger(TaskConsequences.class);
    private static final int MAX_CAUSE = 500;
    private static final double JITTER = 0.25;
    private static final Duration POSTPONED = Duration.ofSeconds(2);

    private final TaskRegistry registry;
    private final List<TaskListener> listeners;
    private final Events events;
    private final TaskConfig config;
    private final Clock clock;

    TaskConsequences(
            TaskRegistry registry, @All List<TaskListener> listeners, Events events, TaskConfig config, Clock clock) {
        this.registry = registry;
        this.listeners = listeners;
        this.events = events;
        this.config = config;
        this.clock = clock;
    }

    /** The completion of this outcome. A retry beyond the last attempt is a final failure. */
    TaskCompletion of(ClaimedTask task, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> TaskCompletion.done(task, done.resultData(), tx -> done(tx, task, done));
            case Outcome.Retry retry
            when hasAttemptsLeft(task) -> TaskCompletion.retry(task, shortened(retry.cause()), delay(task, retry));
            case Outcome.Retry retry -> failed(task, retry.cause(), retry.ofFailure());
            case Outcome.Postponed postponed
            when mayBePostponed(task) -> TaskCompletion.postponed(task, shortened(postponed.cause()), delay(postponed));
            case Outcome.Postponed tooLong -> of(task, new Outcome.Retry(tooLong.after(), tooLong.cause()));
            case Outcome.Failed failed -> failed(task, failed.cause(), failed.effects());
        };
    }

    /** The cancellation of a task whose client is 'Inativo'. */
    TaskCompletion canceledWithClient(ClaimedTask task) {
        return TaskCompletion.canceled(task, "the client is 'Inativo'", tx -> canceled(tx, task));
    }

    private boolean hasAttemptsLeft(ClaimedTask task) {
        return registry.handlerOf(task.type())
                .filter(handler -> task.attempt() < handler.maxAttempts())
                .isPresent();
    }

    private boolean mayBePostponed(ClaimedTask task) {
        Duration age = Duration.between(task.createdAt(), clock.instant());
        return age.compareTo(config.postponementLimit()) < 0;
    }

    private TaskCompletion failed(ClaimedTask task, String longCause, Effects effects) {
        String cause = shortened(longCause);
        LOG.warnf("task %d (%s) failed for good: %s", task.taskId(), task.type().stored(), cause);
        return TaskCompletion.failed(task, resultOf(task), cause, tx -> failed(tx, task, cause, effects));
    }

    /** The final failure of a task whose handler could not write the effects of its end. */
    TaskCompletion failedWithoutHandler(ClaimedTask task, TaskCompletion ended, Throwable fault) {
        LOG.errorf(
                fault,
                "task %d (%s) failed without effects",
                task.taskId(),
                task.type().stored());
        String cause = shortened(ended.error() + "; the consequences of this end were not written");
        return TaskCompletion.failed(task, resultOf(task), cause, tx -> recordFailure(tx, task, cause));
    }

    /** A failed task whose attempts may have had their effect says so. */
    private JsonObject resultOf(ClaimedTask task) {
        boolean unknown = task.hasUnknownOutcome()
                && registry.handlerOf(task.type())
                        .filter(TaskHandler::changesOtherSystems)
                        .isPresent();
        return unknown ? Outcome.unknownResult() : null;
    }

    private Uni<Void> done(Tx tx, ClaimedTask task, Outcome.Done done) {
        return done.effects()
                .write(tx)
                .chain(() -> task.type()
                        .completionEvent()
                        .map(event -> record(tx, task, event, new JsonObject()))
                        .orElseGet(() -> Uni.createFrom().voidItem()))
                .chain(() -> notify(task, listener -> listener.completed(tx, task)));
    }

    private Uni<Void> failed(Tx tx, ClaimedTask task, String cause, Effects effects) {
        return onHandler(task, handler -> handler.onFailed(tx, task, cause))
                .chain(() -> effects.write(tx))
                .chain(() -> recordFailure(tx, task, cause));
    }

    private Uni<Void> recordFailure(Tx tx, ClaimedTask task, String cause) {
        return record(tx, task, EventType.TASK_FAILED, new JsonObject().put("erro", cause))
                .chain(() -> notify(task, listener -> listener.failed(tx, task, cause)));
    }

    /** Writes the consequences of a cancellation. */
    Uni<Void> canceled(Tx tx, ClaimedTask task) {
        return record(tx, task, EventType.TASK_CANCELED, new JsonObject())
                .chain(() -> onHandler(task, handler -> handler.onCanceled(tx, task)))
                .chain(() -> notify(task, listener -> listener.canceled(tx, task)));
    }

    /** Undoes the consequences of a final failure, or of work that came to nothing. */
    Uni<Void> retried(Tx tx, ClaimedTask task) {
        return onHandler(task, handler -> handler.onRetried(tx, task));
    }

    /** Whether a person may retry a task that is done. */
    Uni<Boolean> mayBeRedone(Tx tx, ClaimedTask task) {
        return registry.handlerOf(task.type())
                .map(handler -> handler.mayBeRedone(tx, task))
                .orElseGet(() -> Uni.createFrom().item(false));
    }

    private Uni<Void> onHandler(ClaimedTask task, Function<TaskHandler, Uni<Void>> work) {
        return registry.handlerOf(task.type()).map(work).orElseGet(() -> Uni.createFrom()
                .voidItem());
    }

    private Uni<Void> notify(ClaimedTask task, Function<TaskListener, Uni<Void>> notification) {
        return InOrder.each(
                listeners, listener -> Unis.when(listener.listensTo(task.type()), () -> notification.apply(listener)));
    }

    private Uni<Void> record(Tx tx, ClaimedTask task, EventType type, JsonObject data) {
        data.put("TaskID", Long.toString(task.taskId()));
        return events.record(tx, task.clientId(), task.sessionId(), type, data);
    }

    private Duration delay(Outcome.Postponed postponed) {
        return postponed.after() == null ? jittered(POSTPONED) : postponed.after();
    }

    private Duration delay(ClaimedTask task, Outcome.Retry retry) {
        int doublings = Math.min(task.attempt() - 1, Integer.SIZE - 2);
        Duration doubled = config.firstRetry().multipliedBy(1L << doublings);
        Duration capped = doubled.compareTo(config.longestRetry()) > 0 ? config.longestRetry() : doubled;
        Duration delay = jittered(capped);
        Duration least = retry.after();
        return least != null && least.compareTo(delay) > 0 ? least : delay;
    }

    private static Duration jittered(Duration delay) {
        double factor = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
        return Duration.ofMillis(Math.round(delay.toMillis() * factor));
    }

    private static String shortened(String cause) {
        return cause == null ? "unknown" : StorableText.cut(StorableText.of(cause), MAX_CAUSE);
    }
}
