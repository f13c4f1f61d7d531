package dev.comuta.assistant.expression;

import dev.comuta.platform.problem.TransientFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A few platform threads that evaluate, because evaluations are computation: on virtual threads they would occupy the
 * carriers of every other virtual thread. Clients take turns, and one client has at most half of the threads.
 *
 * <p>The queue is confined to one more thread, {@link #turns}.
 */
final class EvaluationPool {

    private static final int IDLE_SECONDS = 30;

    private final Bounds bounds;
    private final ThreadPoolExecutor threads;
    private final ThreadPoolExecutor turns;

    /** Waiting evaluations by client; the next client is first. */
    private final Map<Long, Deque<Job>> waiting = new LinkedHashMap<>();

    private final Map<Long, Integer> runningByClient = new HashMap<>();
    private int running;
    private int queued;

    /**
     * Limits of a pool.
     *
     * @param threads most evaluations that run at the same time; at least two
     * @param queuedPerClient most waiting evaluations of one client
     * @param queued most waiting evaluations
     * @param longestWait an evaluation that would begin later fails
     * @param limit time limit of a running evaluation
     */
    record Bounds(int threads, int queuedPerClient, int queued, Duration longestWait, Duration limit) {

        int threadsPerClient() {
            return threads / 2;
        }
    }

    /**
     * One evaluation.
     *
     * @param run gets the steps that it may take, and returns the report of its result
     */
    private record Job(long client, long since, Function<Steps, Runnable> run, Consumer<Throwable> fail) {}

    EvaluationPool(Bounds bounds) {
        this.bounds = bounds;
        this.threads = threads(bounds.threads(), "expression-");
        this.turns = threads(1, "expression-turns-");
    }

    private static ThreadPoolExecutor threads(int count, String name) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                count,
                count,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name(name, 0).factory());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /**
     * The result of {@code work}, in the caller's Vert.x context. Work that nobody waits for any more ends at its next
     * step.
     *
     * @return fails as the work does, and with a {@link TransientFailure} when too many evaluations wait
     */
    <T> Uni<T> run(long client, Supplier<T> work) {
        return Uni.createFrom().deferred(() -> {
            Executor caller = executor(Vertx.currentContext());
            return Uni.createFrom()
                    .<T>emitter(emitter -> {
                        Cancelable<T> evaluation = new Cancelable<>(work);
                        emitter.onTermination(evaluation::cancel);
                        Job job = new Job(
                                client,
                                System.nanoTime(),
                                steps -> {
                                    T result = evaluation.run(steps);
                                    return () -> emitter.complete(result);
                                },
                                emitter::fail);
                        turns.execute(() -> admit(job));
                    })
                    .emitOn(caller);
        });
    }

    private static Executor executor(Context context) {
        return context == null ? Runnable::run : work -> context.runOnContext(v -> work.run());
    }

    private void admit(Job job) {
        if (isQueued(job)) {
            start();
        } else {
            job.fail().accept(new TransientFailure("too many expressions wait for their evaluation"));
        }
    }

    private boolean isQueued(Job job) {
        Deque<Job> own = waiting.get(job.client());
        if (queued >= bounds.queued() || (own != null && own.size() >= bounds.queuedPerClient())) {
            return false;
        }
        waiting.computeIfAbsent(job.client(), client -> new ArrayDeque<>()).add(job);
        queued++;
        return true;
    }

    private void start() {
        Long client = nextClient();
        while (client != null) {
            Job job = take(client);
            threads.execute(() -> perform(job));
            client = nextClient();
        }
    }

    private Long nextClient() {
        return running >= bounds.threads()
                ? null
                : waiting.keySet().stream()
                        .filter(client -> runningByClient.getOrDefault(client, 0) < bounds.threadsPerClient())
                        .findFirst()
                        .orElse(null);
    }

    private Job take(Long client) {
        Deque<Job> own = waiting.remove(client);
        Job job = own.remove();
        if (!own.isEmpty()) {
            waiting.put(client, own);
        }
        queued--;
        running++;
        runningByClient.merge(client, 1, Integer::sum);
        return job;
    }

    /** Leaves its place before it reports the end, so that the next evaluation of the caller finds it free. */
    private void perform(Job job) {
        Runnable report = reportOf(job);
        turns.execute(() -> ended(job.client()));
        report.run();
    }

    private Runnable reportOf(Job job) {
        try {
            if (System.nanoTime() - job.since() > bounds.longestWait().toNanos()) {
                throw new TransientFailure("the evaluation of an expression waited too long");
            }
            Steps steps = new Steps(bounds.limit());
            return steps.count(() -> job.run().apply(steps));
        } catch (RuntimeException | Error failure) {
            return () -> job.fail().accept(failure);
        }
    }

    private void ended(long client) {
        running--;
        runningByClient.merge(client, -1, (count, one) -> count + one == 0 ? null : count + one);
        start();
    }

    /** Work that may be canceled before it begins and while it runs. */
    private static final class Cancelable<T> {

        private final Supplier<T> work;
        private volatile Steps steps;
        private volatile boolean canceled;

        Cancelable(Supplier<T> work) {
            this.work = work;
        }

        T run(Steps given) {
            begin(given);
            return work.get();
        }

        private void begin(Steps given) {
            steps = given;
            if (canceled) {
                throw new TransientFailure("nobody waits for the evaluation of an expression");
            }
        }

        void cancel() {
            canceled = true;
            Steps begun = steps;
            if (begun != null) {
                begun.stop();
            }
        }
    }
}
