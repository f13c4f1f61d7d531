package dev.comuta.task;

import dev.comuta.platform.batch.GroupCommit;
import dev.comuta.platform.batch.GroupCommit.Limits;
import dev.comuta.platform.batch.Progress;
import dev.comuta.platform.db.DatabaseFailures;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.RequestedTask;
import dev.comuta.platform.db.Tenants;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Workload;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Completes attempts, many in one commit: one statement for each tenant updates their rows (comuta_complete), then the
 * effects of each attempt that still owns its task are written.
 */
@ApplicationScoped
class TaskCompleter implements Progress {

    private static final String COMPLETE = "select * from comuta_complete($1)";
    private static final Duration FIRST_LOCK_RETRY = Duration.ofMillis(5);
    private static final Duration LONGEST_LOCK_RETRY = Duration.ofMillis(100);

    /** Longest wait for a lock of a part of a group, after the whole group has waited for the limit of the connection. */
    private static final Duration PART_LOCK_LIMIT = Duration.ofMillis(15);

    private static final Duration FIRST_RETRY_ALONE = Duration.ofMillis(100);
    private static final Duration LONGEST_RETRY_ALONE = Duration.ofSeconds(2);

    private final Transactions transactions;

    /** Attempts of one session always use the same shard, which keeps their order. */
    private final List<GroupCommit<TaskCompletion, CompletionResult>> shards;

    TaskCompleter(Transactions transactions, TaskConfig config, Vertx vertx) {
        this.transactions = transactions;
        this.shards = IntStream.range(0, config.completionShards())
                .mapToObj(i -> shard(((VertxInternal) vertx).createEventLoopContext(), config))
                .toList();
    }

    private GroupCommit<TaskCompletion, CompletionResult> shard(Context context, TaskConfig config) {
        return new GroupCommit<>(
                context,
                group -> commit(group),
                part -> results(
                        part,
                        transactions.statementsInTenants(
                                Workload.TENANT, PART_LOCK_LIMIT, tenants -> complete(tenants, part))),
                Limits.of(config.completionLimit(), Integer.MAX_VALUE).atIntervals(config.completionInterval()));
    }

    /** The result of one completion. */
    private enum CompletionResult {
        /** Stored, with its effects. */
        COMPLETED,
        /** Not stored: the attempt no longer owns its task. */
        LOST,
        /** Not stored: another transaction has locked the session. */
        BUSY
    }

    /** The attempt no longer owns its task: another attempt claimed it, or a person canceled it. */
    static final class LeaseLost extends RuntimeException {

        private static final long serialVersionUID = 1L;

        LeaseLost(long taskId) {
            super("task " + taskId + " belongs to another attempt", null, false, false);
        }
    }

    /** Another transaction has locked the session. */
    private static final class SessionLocked extends RuntimeException {

        private static final long serialVersionUID = 1L;

        SessionLocked(long taskId) {
            super("the session of task " + taskId + " is locked", null, false, false);
        }
    }

    /**
     * Completes an attempt and writes its effects, in one transaction that locks the session. Retries while another
     * transaction has locked it. Fails with {@link LeaseLost}, and writes nothing, when the attempt no longer owns the
     * task.
     */
    Uni<Void> store(TaskCompletion completion) {
        return Uni.createFrom()
                .deferred(() -> submit(completion))
                .map(result -> requireStored(completion, result))
                .onFailure(SessionLocked.class)
                .retry()
                .withBackOff(FIRST_LOCK_RETRY, LONGEST_LOCK_RETRY)
                .indefinitely();
    }

    @Override
    public String workName() {
        return "complete";
    }

    @Override
    public Stream<Duration> batches() {
        return shards.stream().map(GroupCommit::runningFor);
    }

    private static Void requireStored(TaskCompletion completion, CompletionResult result) {
        long taskId = completion.task().taskId();
        return switch (result) {
            case COMPLETED -> null;
            case LOST -> throw new LeaseLost(taskId);
            case BUSY -> throw new SessionLocked(taskId);
        };
    }

    /** Final failures raise alerts and may block on alert rows, so they are committed outside the batch. */
    private Uni<CompletionResult> submit(TaskCompletion completion) {
        if (completion.task().clientId() == null) {
            return commitOfPlatform(completion);
        }
        if (completion.status() == TaskStatus.FAILED) {
            return commitAlone(completion);
        }
        return shardOf(completion.task())
                .submit(completion)
                .onFailure(DatabaseFailures::isLockTimeout)
                .recoverWithUni(() -> commitAlone(completion));
    }

    /** Repeats a completion whose effects need a locked row until it is stored, without the others of its group. */
    private Uni<CompletionResult> commitAlone(TaskCompletion completion) {
        return Uni.createFrom()
                .deferred(() -> commit(List.of(completion)))
                .map(List::getFirst)
                .onFailure(DatabaseFailures::isLockTimeout)
                .retry()
                .withBackOff(FIRST_RETRY_ALONE, LONGEST_RETRY_ALONE)
                .indefinitely();
    }

    private GroupCommit<TaskCompletion, CompletionResult> shardOf(ClaimedTask task) {
        long key = task.sessionId() == null ? task.taskId() : task.sessionId();
        return shards.get(Math.floorMod(Long.hashCode(key), shards.size()));
    }

    private Uni<CompletionResult> commitOfPlatform(TaskCompletion completion) {
        return transactions
                .statementsAsPlatform(PlatformReason.PLATFORM_TASK, tx -> complete(tx, List.of(completion)))
                .map(results -> results.get(completion.task().taskId()));
    }

    private Uni<List<CompletionResult>> commit(List<TaskCompletion> completions) {
        return results(
                completions,
                transactions.statementsInTenants(Workload.TENANT, tenants -> complete(tenants, completions)));
    }

    private static Uni<List<CompletionResult>> results(
            List<TaskCompletion> completions, Uni<Map<Long, CompletionResult>> stored) {
        return stored.map(results -> completions.stream()
                .map(completion -> results.get(completion.task().taskId()))
                .toList());
    }

    /** Clients are completed in the order of their ids. */
    private Uni<Map<Long, CompletionResult>> complete(Tenants tenants, List<TaskCompletion> completions) {
        Map<Long, List<TaskCompletion>> byClient = completions.stream()
                .collect(Collectors.groupingBy(
                        completion -> completion.task().clientId(), TreeMap::new, Collectors.toList()));
        return Uni.join()
                .all(byClient.entrySet().stream()
                        .map(client -> complete(tenants.of(client.getKey()), client.getValue()))
                        .toList())
                .andFailFast()
                .map(TaskCompleter::merged);
    }

    private static Map<Long, CompletionResult> merged(List<Map<Long, CompletionResult>> parts) {
        Map<Long, CompletionResult> all = new HashMap<>();
        parts.forEach(all::putAll);
        return all;
    }

    /** Completes attempts of one tenant, or of the platform. */
    private Uni<Map<Long, CompletionResult>> complete(Tx tx, List<TaskCompletion> completions) {
        JsonArray rows = new JsonArray();
        completions.forEach(completion -> rows.add(completion.toJson()));
        return tx.list(COMPLETE, row -> row, rows)
                .invoke(completed -> requestNext(tx, completions, completed))
                .map(TaskCompleter::results)
                .call(results -> writeEffects(tx, completions, results));
    }

    /** Publishes the next task of each serial key after the commit, and each retry when it may begin. */
    private static void requestNext(Tx tx, List<TaskCompletion> completions, List<Row> rows) {
        Long clientId = completions.getFirst().task().clientId();
        Map<Long, Duration> delays = completions.stream()
                .filter(completion -> completion.retryAfter() != null)
                .collect(Collectors.toMap(completion -> completion.task().taskId(), TaskCompletion::retryAfter));
        for (Row row : rows) {
            Long next = row.getLong("next_task_id");
            if (next != null) {
                tx.requested(new RequestedTask(
                                next, clientId, row.getString("next_task_type"), row.getString("next_task_queue"))
                        .after(delays.get(next)));
            }
        }
    }

    private static Map<Long, CompletionResult> results(List<Row> rows) {
        return rows.stream()
                .collect(Collectors.toMap(
                        row -> row.getLong("task_id"),
                        row -> CompletionResult.valueOf(row.getString("result").toUpperCase(Locale.ROOT))));
    }

    /** Pipelines the statements of all effects on the transaction's connection. */
    private static Uni<Void> writeEffects(
            Tx tx, List<TaskCompletion> completions, Map<Long, CompletionResult> results) {
        List<Uni<Void>> effects = completions.stream()
                .filter(completion -> results.get(completion.task().taskId()) == CompletionResult.COMPLETED)
                .map(completion ->
                        Uni.createFrom().deferred(() -> completion.effects().write(tx)))
                .toList();
        return effects.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join().all(effects).andFailFast().replaceWithVoid();
    }
}
