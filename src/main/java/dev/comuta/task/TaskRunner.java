package dev.comuta.task;

import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.problem.UnknownOutcome;
import dev.comuta.platform.trace.Tracing;
import dev.comuta.task.TaskCompleter.LeaseLost;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.jboss.logging.Logger;

/** Runs one attempt of one task, from its claim to the commit that completes it. */
@ApplicationScoped
class TaskRunner {

    private static final Logger LOG = Logger.getLogger(TaskRunner.class);
    private static final Duration FIRST_COMPLETION_RETRY = Duration.ofMillis(200);
    private static final Duration LONGEST_COMPLETION_RETRY = Duration.ofSeconds(2);

    private static final Attributes STORED =
            Attributes.builder().put("db.system.name", "postgresql").build();

    private final TaskRegistry registry;
    private final TaskConsequences consequences;
    private final TaskCompleter completer;
    private final TaskConfig config;
    private final TaskMetrics metrics;
    private final Tracing tracing;
    private final ScheduledExecutorService timer;

    @Inject
    TaskRunner(
            TaskRegistry registry,
            TaskConsequences consequences,
            TaskCompleter completer,
            TaskConfig config,
            TaskMetrics metrics,
            Tracing tracing) {
        this(registry, consequences, completer, config, metrics, tracing, Infrastructure.getDefaultWorkerPool());
    }

    TaskRunner(
            TaskRegistry registry,
            TaskConsequences consequences,
            TaskCompleter completer,
            TaskConfig config,
            TaskMetrics metrics,
            Tracing tracing,
            ScheduledExecutorService timer) {
        this.registry = registry;
        this.consequences = consequences;
        this.completer = completer;
        this.config = config;
        this.metrics = metrics;
        this.tracing = tracing;
        this.timer = timer;
    }

    /** Seconds of lease by task type, for the types that have a handler here. */
    JsonObject leases() {
        JsonObject leases = new JsonObject();
        registry.handlers()
                .forEach((type, handler) -> leases.put(
                        type.stored(),
                        handler.timeLimit().plus(config.leaseMargin()).toSeconds()));
        return leases;
    }

    /**
     * Runs the attempt and completes it. Never fails: when a completion is not stored, the lease expires and the
     * sweeper retries.
     */
    Uni<Void> run(ClaimedTask task) {
        return tracing.continued(
                task.traceParent(), SpanKind.CONSUMER, task.type().stored(), attributes(task), () -> runNow(task));
    }

    private static Attributes attributes(ClaimedTask task) {
        return Attributes.builder()
                .put("messaging.system", "rabbitmq")
                .put("messaging.destination.name", task.type().defaultQueue().queueName())
                .put("comuta.task", task.taskId())
                .put("comuta.attempt", task.attempt())
                .build();
    }

    private Uni<Void> runNow(ClaimedTask task) {
        boolean canceled =
                task.clientInactive() && registry.isCancelable(task.type().stored());
        return (canceled ? cancel(task) : attemptAndComplete(task))
                .onFailure(LeaseLost.class)
                .invoke(metrics::leaseLost)
                .onFailure()
                .invoke(failure -> LOG.warnf("task %d was not completed: %s", task.taskId(), failure))
                .onFailure()
                .recoverWithNull();
    }

    /** Cancels the task of an 'Inativo' client: its handler does not run. */
    private Uni<Void> cancel(ClaimedTask task) {
        return complete(task, consequences.canceledWithClient(task));
    }

    private Uni<Void> attemptAndComplete(ClaimedTask task) {
        Timer.Sample begun = metrics.begun(task);
        return attempt(task)
                .invoke(outcome -> metrics.attempted(task, outcome, begun))
                .chain(outcome -> complete(task, consequences.of(task, outcome)));
    }

    private Uni<Outcome> attempt(ClaimedTask task) {
        return registry.handlerOf(task.type())
                .map(handler -> attempt(task, handler))
                .orElseGet(() -> Uni.createFrom()
                        .item(new Outcome.Failed("no running version of the server handles this type of task")));
    }

    /** An outcome that the handler returns, other than success, is a definite answer, as most failures are. */
    private Uni<Outcome> attempt(ClaimedTask task, TaskHandler handler) {
        if (task.attempt() > handler.maxAttempts()) {
            return Uni.createFrom().item(new Outcome.Failed("no attempt ever reported its end"));
        }
        if (task.isUnreadable()) {
            return Uni.createFrom().item(new Outcome.Failed("the request of the task cannot be read"));
        }
        return Uni.createFrom()
                .deferred(() -> handler.run(task))
                .ifNoItem()
                .after(handler.timeLimit())
                .on(timer)
                .fail()
                .onItemOrFailure()
                .invoke((outcome, failure) -> {
                    if (isDefinite(outcome, failure)) {
                        task.answered();
                    }
                })
                .onFailure()
                .recoverWithItem(failure -> outcomeOf(task, failure));
    }

    /**
     * Whether the outside effect of an attempt is known. A success counts as unknown until it is committed, because its
     * call must not be repeated.
     */
    private static boolean isDefinite(Outcome outcome, Throwable failure) {
        return switch (failure) {
            case null -> !(outcome instanceof Outcome.Done);
            case PermanentFailure refused -> true;
            case TransientFailure passing -> !passing.mayHaveArrived();
            default -> false;
        };
    }

    private static Outcome outcomeOf(ClaimedTask task, Throwable failure) {
        return switch (failure) {
            case PermanentFailure permanent -> new Outcome.Failed(permanent.getMessage());
            case TransientFailure passing ->
                new Outcome.Retry(passing.retryAfter().orElse(null), passing.getMessage());
            case UnknownOutcome unknown -> new Outcome.Failed(unknown.getMessage());
            case Problem away when Problem.isOutage(away) -> new Outcome.Postponed(null, away.getMessage());
            case TimeoutException timeout -> new Outcome.Retry(null, "took longer than its time limit");
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

    /**
     * Effects that fail roll the completion back. Those of a success count as a failed attempt; a final failure or a
     * cancellation is then stored as a failure without its handler's effects, so that the task ends.
     */
    private Uni<Void> complete(ClaimedTask task, TaskCompletion completion) {
        Uni<Void> stored = store(completion.tracedBy(tracing.current()));
        return switch (completion.status()) {
            case DONE ->
                stored.onFailure(TaskRunner::isFault)
                        .recoverWithUni(fault -> complete(task, consequences.of(task, outcomeOf(task, fault))));
            case FAILED, CANCELED ->
                stored.onFailure(TaskRunner::isFault)
                        .recoverWithUni(fault -> store(consequences.failedWithoutHandler(task, completion, fault)));
            default -> stored;
        };
    }

    /**
     * Retries while the database is away, because the work of the attempt must not be repeated. After the time limit
     * the row is left to its lease: the next attempt knows that this one did not report its end.
     */
    private Uni<Void> store(TaskCompletion completion) {
        return tracing.span(SpanKind.CLIENT, "comuta_complete", STORED, () -> completer.store(completion))
                .invoke(() -> metrics.ended(completion.task(), completion.status()))
                .onFailure(Problem::isOutage)
                .retry()
                .withExecutor(timer)
                .withBackOff(FIRST_COMPLETION_RETRY, LONGEST_COMPLETION_RETRY)
                .indefinitely()
                .ifNoItem()
                .after(config.completionTimeLimit())
                .on(timer)
                .failWith(() -> Problem.unavailable("the completion was not stored in time", null));
    }

    private static boolean isFault(Throwable failure) {
        return !Problem.isOutage(failure) && !(failure instanceof LeaseLost);
    }
}
