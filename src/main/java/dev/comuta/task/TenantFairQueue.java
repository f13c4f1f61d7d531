package dev.comuta.task;

import dev.comuta.platform.batch.Batcher;
import dev.comuta.task.TaskMessage.TaskRef;
import dev.comuta.task.TaskStore.Claim;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The tasks of one queue in this process. Clients take turns, and each has a limit of queued and of running tasks. A
 * task beyond the limit is acknowledged and dropped here, because its row is in the table: when a task of that client
 * ends, the client's next tasks are fetched from the table (docs/adr/0005).
 *
 * <p>Confined to one event loop: every method runs on {@link #context}.
 */
final class TenantFairQueue {

    private static final int CLAIM_LIMIT = 50;
    private static final Duration REFILL_PAUSE = Duration.ofMillis(100);

    /** Until a task that another transaction has locked is claimed once more. */
    private static final Duration LOCK_PAUSE = Duration.ofMillis(25);

    private final TaskQueue queue;
    private final TaskStore store;
    private final TaskClaims claims;
    private final TaskRunner runner;
    private final TaskConfig config;
    private final Context context;

    /** Waiting tasks by client; the next client is first. */
    private final Map<Long, Deque<QueuedTask>> waiting = new LinkedHashMap<>();

    private final Map<Long, Integer> busyByClient = new HashMap<>();

    /** Client -> the lowest id of its tasks that were dropped here and are in the table only. Any thread may read it. */
    private final Map<Long, Long> droppedFrom = new ConcurrentHashMap<>();

    /** Ids of the tasks that wait or run here. */
    private final Set<Long> taskIds = new HashSet<>();

    /**
     * Those of {@link #taskIds} that arrived again. A claim may have read that an older task of the same key is open, while
     * that one completes and its completion publishes this task: so it is claimed once more.
     */
    private final Set<Long> arrivedAgain = new HashSet<>();

    private final AtomicInteger busy = new AtomicInteger();
    private final Batcher<QueuedTask> batches;
    private boolean stopped;

    /** A task and the delivery that brought it. */
    private record QueuedTask(TaskRef ref, BrokerDelivery delivery) {}

    TenantFairQueue(
            TaskQueue queue,
            TaskStore store,
            TaskClaims claims,
            TaskRunner runner,
            TaskConfig config,
            Context context) {
        this.queue = queue;
        this.store = store;
        this.claims = claims;
        this.runner = runner;
        this.config = config;
        this.context = context;
        this.batches = new Batcher<>(work -> context.runOnContext(v -> work.run()), this::takeFairly, this::claim);
    }

    Context context() {
        return context;
    }

    int busy() {
        return busy.get();
    }

    int waiting() {
        return taskIds.size() - busy.get();
    }

    /** Whether the client's task is one of those that were dropped here and will be fetched. Any thread may call it. */
    boolean hasLeft(long client, long taskId) {
        return droppedFrom.getOrDefault(client, Long.MAX_VALUE) <= taskId;
    }

    /** How long the running claim has run, with its retries; zero when none runs. Any thread may call it. */
    Duration claimingFor() {
        return batches.runningFor();
    }

    /** Queues the tasks of a delivery, which is acknowledged when each of them has ended or was dropped. */
    void offer(List<TaskRef> tasks, BrokerDelivery delivery) {
        if (stopped) {
            return;
        }
        delivery.expect(tasks.size());
        tasks.forEach(ref -> admit(new QueuedTask(ref, delivery)));
        batches.start();
    }

    /** Starts nothing more. Waiting tasks return to the broker with the connection. */
    void stop() {
        stopped = true;
        waiting.clear();
    }

    private void admit(QueuedTask queued) {
        long client = queued.ref().clientId();
        if (taskIds.contains(queued.ref().taskId())) {
            arrivedAgain.add(queued.ref().taskId());
            queued.delivery().done();
        } else if (waitingOf(client) >= config.maxQueuedPerClient()) {
            dropFrom(client, queued.ref().taskId());
            queued.delivery().done();
        } else {
            taskIds.add(queued.ref().taskId());
            enqueue(queued);
        }
    }

    private void enqueue(QueuedTask queued) {
        waiting.computeIfAbsent(queued.ref().clientId(), c -> new ArrayDeque<>())
                .add(queued);
    }

    private int waitingOf(long client) {
        Deque<QueuedTask> tasks = waiting.get(client);
        return tasks == null ? 0 : tasks.size();
    }

    private Uni<Runnable> claim(List<QueuedTask> batch) {
        List<Long> ids = batch.stream().map(queued -> queued.ref().taskId()).toList();
        return claims.claim(ids).map(claim -> () -> begin(batch, claim));
    }

    /** One task of each client in turn, until no slot is free. */
    private List<QueuedTask> takeFairly() {
        int free = stopped ? 0 : Math.min(config.slots() - busy.get(), CLAIM_LIMIT);
        List<QueuedTask> batch = new ArrayList<>();
        boolean found = true;
        while (found && batch.size() < free) {
            found = false;
            for (Long client : List.copyOf(waiting.keySet())) {
                if (batch.size() < free && busyByClient.getOrDefault(client, 0) < config.slotsPerClient()) {
                    batch.add(take(client));
                    found = true;
                }
            }
        }
        return batch;
    }

    private QueuedTask take(Long client) {
        Deque<QueuedTask> tasks = waiting.remove(client);
        QueuedTask queued = tasks.remove();
        if (!tasks.isEmpty()) {
            waiting.put(client, tasks);
        }
        busy.incrementAndGet();
        busyByClient.merge(client, 1, Integer::sum);
        return queued;
    }

    private void begin(List<QueuedTask> batch, Claim claim) {
        Map<Long, ClaimedTask> byId =
                claim.tasks().stream().collect(Collectors.toMap(ClaimedTask::taskId, Function.identity()));
        for (QueuedTask queued : batch) {
            ClaimedTask task = byId.get(queued.ref().taskId());
            if (task != null) {
                run(queued, task);
            } else if (claim.locked().contains(queued.ref().taskId())) {
                claimLater(queued);
            } else {
                release(queued);
            }
        }
        batch.stream().map(queued -> queued.ref().clientId()).distinct().forEach(this::refillIfIdle);
        batches.start();
    }

    /**
     * Fetches the dropped tasks of a client of which nothing runs and nothing waits here, because no end of a task will
     * fetch them. The pause bounds the number of fetches while other workers claim the fetched tasks too.
     */
    private void refillIfIdle(long client) {
        if (isIdle(client) && droppedFrom.containsKey(client)) {
            context.owner()
                    .setTimer(
                            REFILL_PAUSE.toMillis(),
                            timer -> context.runOnContext(v -> {
                                if (isIdle(client)) {
                                    refill(client);
                                }
                            }));
        }
    }

    private boolean isIdle(long client) {
        return !waiting.containsKey(client) && !busyByClient.containsKey(client);
    }

    /** The transaction that has locked the task may leave it as it was, and then nothing publishes it. */
    private void claimLater(QueuedTask queued) {
        free(queued.ref().clientId());
        context.owner()
                .setTimer(
                        LOCK_PAUSE.toMillis(),
                        timer -> context.runOnContext(v -> {
                            enqueue(queued);
                            batches.start();
                        }));
    }

    /** Each attempt has its own context on the event loop. */
    private void run(QueuedTask queued, ClaimedTask task) {
        VertxContext.createNewDuplicatedContext(context).runOnContext(own -> runner.run(task)
                .subscribe()
                .with(
                        done -> context.runOnContext(v -> finished(queued)),
                        failure -> context.runOnContext(v -> finished(queued))));
    }

    private void finished(QueuedTask queued) {
        release(queued);
        refill(queued.ref().clientId());
        batches.start();
    }

    private void release(QueuedTask queued) {
        free(queued.ref().clientId());
        taskIds.remove(queued.ref().taskId());
        queued.delivery().done();
        if (arrivedAgain.remove(queued.ref().taskId())) {
            admit(new QueuedTask(queued.ref(), BrokerDelivery.fromTable(1)));
        }
    }

    private void free(Long client) {
        busy.decrementAndGet();
        busyByClient.merge(client, -1, (count, one) -> count + one == 0 ? null : count + one);
    }

    /** Fetches the client's dropped tasks from the table when less than half of its limit is queued. */
    private void refill(long client) {
        boolean hasRoom = waitingOf(client) < config.maxQueuedPerClient() / 2;
        Long from = !stopped && hasRoom ? droppedFrom.remove(client) : null;
        if (from != null) {
            store.waiting(client, queue, from, config.maxQueuedPerClient())
                    .subscribe()
                    .with(
                            ids -> context.runOnContext(v -> admitFromTable(client, ids)),
                            failure -> context.runOnContext(v -> notFetched(client, from)));
        }
    }

    private void notFetched(long client, long from) {
        dropFrom(client, from);
        refillIfIdle(client);
    }

    /** Records that the client's tasks from this id on are in the table only. */
    private void dropFrom(long client, long taskId) {
        droppedFrom.merge(client, taskId, Math::min);
    }

    private void admitFromTable(long client, List<Long> ids) {
        if (ids.size() == config.maxQueuedPerClient()) {
            dropFrom(client, ids.getLast() + 1);
        }
        BrokerDelivery fromTable = BrokerDelivery.fromTable(ids.size());
        ids.forEach(id -> admit(new QueuedTask(new TaskRef(id, client), fromTable)));
        batches.start();
    }
}
