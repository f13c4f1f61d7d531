package dev.comuta.task;

import dev.comuta.event.EventType;
import dev.comuta.event.Events;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.trace.Tracing;
import dev.comuta.task.TaskCompleter.LeaseLost;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.quarkus.arc.All;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/** One attempt of one task, from its claim to the commit that ends it. */
@ApplicationScoped
class TaskRunner {

    private static final Logger LOG = Logger.getLogger(TaskRunner.class);
    private static final int MAX_CAUSE = 500;
    private static final double JITTER = 0.25;
    private static final Duration FIRST_FINISH_RETRY = Duration.ofMillis(200);
    private static final Duration LONGEST_FINISH_RETRY = Duration.ofSeconds(2);
    private static final long GIVE_UP_FINISHING = Duration.ofMinutes(5).toMillis();

    private static final Attributes STORED =
            Attributes.builder().put("db.system.name", "postgresql").build();

    private final Map<TaskType, TaskHandler> handlers = new EnumMap<>(TaskType.class);
    private final TaskCompleter endings;
    private final Tasks tasks;
    private final Events events;
    private final FinalFailures finalFailures;
    private final TaskConfig config;
    private final Clock clock;
    private final TaskMetrics metrics;
    private final Tracing tracing;

    TaskRunner(
            @All List<TaskHandler> handlers,
            TaskCompleter endings,
            Tasks tasks,
            Events events,
            FinalFailures finalFailures,
            TaskConfig config,
            Clock clock,
            TaskMetrics metrics,
            Tracing tracing) {
        handlers.forEach(handler -> this.handlers.put(handler.type(), handler));
        this.endings = endings;
        this.tasks = tasks;
        this.events = events;
        this.finalFailures = finalFailures;
        this.config = config;
        this.clock = clock;
        this.metrics = metrics;
        this.tracing = tracing;
    }

    /** Task type -> seconds of lease, for the types of a queue that have a handler here. */
    JsonObject leases(TaskQueue queue) {
        JsonObject leases = new JsonObject();
        handlers.forEach((type, handler) -> {
            if (type.queue() == queue) {
                leases.put(
                        type.stored(),
                        handler.timeLimit().plus(config.leaseMargin()).toSeconds());
            }
        });
        return leases;
    }

    /** Runs the attempt and ends it. Never fails: what could not be stored is left to the lease and the sweeper. */
    Uni<Void> run(ClaimedTask task) {
        return tracing.continued(
                task.traceParent(), SpanKind.CONSUMER, task.type().stored(), attributes(task), () -> runNow(task));
    }

    private static Attributes attributes(ClaimedTask task) {
        return Attributes.builder()
                .put("messaging.system", "rabbitmq")
                .put("messaging.destination.name", task.type().queue().queueName())
                .put("comuta.task", task.taskId())
                .put("comuta.attempt", task.attempt())
                .build();
    }

    private Uni<Void> runNow(ClaimedTask task) {
        Timer.Sample begun = metrics.begun(task);
        return attempt(task)
                .invoke(outcome -> metrics.attempted(task, outcome, begun))
                .chain(outcome -> end(task, outcome))
                .onFailure(LeaseLost.class)
                .invoke(metrics::leaseLost)
                .onFailure()
                .invoke(failure -> LOG.warnf("task %d was not ended: %s", task.taskId(), failure))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Outcome> attempt(ClaimedTask task) {
        TaskHandler handler = handlers.get(task.type());
        if (task.attempt() > handler.maxAttempts()) {
            return Uni.createFrom().item(new Outcome.Failed("no attempt ever reported its end"));
        }
        return Uni.createFrom()
                .deferred(() -> handler.run(task))
                .ifNoItem()
                .after(handler.timeLimit())
                .fail()
                .onFailure()
                .recoverWithItem(failure -> outcomeOf(task, failure));
    }

    private static Outcome outcomeOf(ClaimedTask task, Throwable failure) {
        return switch (failure) {
            case PermanentFailure no -> new Outcome.Failed(no.getMessage());
            case TransientFailure later -> new Outcome.Retry(later.retryAfter().orElse(null), later.getMessage());
            case TimeoutException late -> new Outcome.Retry(null, "took longer than its time limit");
            default -> {
                LOG.warnf(
                        failure,
                        "task %d (%s) failed",
                        task.taskId(),
                        task.type().stored());
                yield new Outcome.Retry(null, "failed by a fault of the server");
            }
        };
    }

    private Uni<Void> end(ClaimedTask task, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done ->
                finish(TaskCompletion.done(task, done.resultData(), traced(tx -> done(tx, task, done))))
                        .onFailure(TaskRunner::isFault)
                        .recoverWithUni(fault -> end(task, outcomeOf(task, fault)));
            case Outcome.Retry retry
            when task.attempt() < handlers.get(task.type()).maxAttempts() ->
                finish(TaskCompletion.retry(
                        task, shortened(retry.cause()), clock.instant().plus(gap(task, retry))));
            case Outcome.Retry retry -> fail(task, shortened(retry.cause()));
            case Outcome.Failed failed -> fail(task, shortened(failed.cause()));
        };
    }

    private Uni<Void> fail(ClaimedTask task, String cause) {
        LOG.warnf("task %d (%s) failed for good: %s", task.taskId(), task.type().stored(), cause);
        return finish(TaskCompletion.failed(task, cause, traced(tx -> failed(tx, task, cause))));
    }

    /** Stores the ending; while the database is away, again and again, because what was done must not be done twice. */
    private Uni<Void> finish(TaskCompletion ending) {
        return tracing.span(SpanKind.CLIENT, "comuta_complete", STORED, () -> endings.store(ending))
                .invoke(() -> metrics.ended(ending.task(), ending.status()))
                .onFailure(TaskRunner::isOutage)
                .retry()
                .withBackOff(FIRST_FINISH_RETRY, LONGEST_FINISH_RETRY)
                .expireIn(GIVE_UP_FINISHING);
    }

    /** The tasks that an ending requests belong to the trace of the attempt, whoever else ends in the same commit. */
    private Effects traced(Effects effects) {
        String attempt = tracing.current();
        return tx -> effects.write(tx.tracedBy(attempt));
    }

    private Uni<Void> done(Tx tx, ClaimedTask task, Outcome.Done done) {
        return done.effects()
                .write(tx)
                .chain(() -> task.type().finished().isEmpty()
                        ? Uni.createFrom().voidItem()
                        : event(tx, task, task.type().finished().get(), new JsonObject()))
                .chain(() -> informTurn(tx, task));
    }

    private Uni<Void> failed(Tx tx, ClaimedTask task, String cause) {
        return handlers.get(task.type())
                .onFailed(tx, task, cause)
                .chain(() -> event(tx, task, EventType.TASK_FAILED, new JsonObject().put("erro", cause)))
                .chain(() -> finalFailures.failed(tx, task, cause))
                .chain(() -> informTurn(tx, task));
    }

    private Uni<Void> event(Tx tx, ClaimedTask task, EventType type, JsonObject data) {
        data.put("TaskID", Long.toString(task.taskId()));
        return events.record(tx, task.clientId(), task.sessionId(), type, data);
    }

    /** Whoever waits for this result is told by a turn of its own, whether it ended well or not. */
    private Uni<Void> informTurn(Tx tx, ClaimedTask task) {
        boolean awaited = task.type().informsTurn() && task.sessionId() != null;
        return awaited
                ? tasks.request(tx, NewTask.turn(task.clientId(), task.sessionId()))
                : Uni.createFrom().voidItem();
    }

    private Duration gap(ClaimedTask task, Outcome.Retry retry) {
        long doubled = config.firstRetry().toMillis() << Math.min(task.attempt() - 1, 20);
        double spread = 1 - JITTER + 2 * JITTER * ThreadLocalRandom.current().nextDouble();
        Duration growing = Duration.ofMillis(
                (long) (Math.min(doubled, config.longestRetry().toMillis()) * spread));
        return retry.after() != null && retry.after().compareTo(growing) > 0 ? retry.after() : growing;
    }

    private static boolean isOutage(Throwable failure) {
        return failure instanceof Problem problem && problem.type() == ProblemType.UNAVAILABLE;
    }

    private static boolean isFault(Throwable failure) {
        return !isOutage(failure) && !(failure instanceof LeaseLost);
    }

    private static String shortened(String cause) {
        String text = cause == null ? "unknown" : cause;
        return text.length() <= MAX_CAUSE ? text : text.substring(0, MAX_CAUSE);
    }
}
