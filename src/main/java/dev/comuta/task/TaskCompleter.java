package dev.comuta.task;

import dev.comuta.platform.batch.GroupCommit;
import dev.comuta.platform.batch.GroupCommit.Limits;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.RequestedTask;
import dev.comuta.platform.db.Tenants;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Ends attempts, many in one commit: their rows by one statement for each tenant (comuta_complete), then the
 * effects of each that still owned its task.
 */
@ApplicationScoped
class TaskCompleter {

    private static final String END = "select * from comuta_complete($1)";
    private static final Duration FIRST_LOOK_AT_BUSY = Duration.ofMillis(5);
    private static final Duration LATER_LOOKS_AT_BUSY = Duration.ofMillis(100);

    private final Transactions transactions;

    /** Attempts of one session always take the same shard, so that their order is kept. */
    private final List<GroupCommit<TaskCompletion, CompletionResult>> shards;

    TaskCompleter(Transactions transactions, TaskConfig config, Vertx vertx) {
        this.transactions = transactions;
        this.shards = IntStream.range(0, config.completionShards())
                .mapToObj(i -> shard(((VertxInternal) vertx).createEventLoopContext(), config))
                .toList();
    }

    private GroupCommit<TaskCompletion, CompletionResult> shard(Context context, TaskConfig config) {
        return new GroupCommit<>(context, this::commit, Limits.of(config.completionLimit(), Integer.MAX_VALUE));
    }

    /** What became of an attempt's ending. */
    private enum CompletionResult {
        /** Stored, with its effects. */
        COMPLETED,
        /** Not stored: the attempt no longer owns its task. */
        LOST,
        /** Not stored: another holds the session. */
        BUSY
    }

    /** The attempt no longer owns its task: another attempt does, or somebody ended it. */
    static final class LeaseLost extends RuntimeException {

        private static final long serialVersionUID = 1L;

        LeaseLost(long taskId) {
            super("task " + taskId + " belongs to another attempt", null, false, false);
        }
    }

    /** Somebody else writes to the session at this moment. */
    private static final class SessionBusy extends RuntimeException {

        private static final long serialVersionUID = 1L;

        SessionBusy(long taskId) {
            super("the session of task " + taskId + " is held", null, false, false);
        }
    }

    /**
     * Ends an attempt and writes its effects, in one transaction that holds the session. Fails with {@link LeaseLost}
     * (nothing is written) when the attempt no longer owns the task.
     */
    Uni<Void> store(TaskCompletion ending) {
        return submit(ending)
                .map(result -> requireEnded(ending, result))
                .onFailure(SessionBusy.class)
                .retry()
                .withBackOff(FIRST_LOOK_AT_BUSY, LATER_LOOKS_AT_BUSY)
                .indefinitely();
    }

    private static Void requireEnded(TaskCompletion ending, CompletionResult result) {
        long taskId = ending.task().taskId();
        return switch (result) {
            case COMPLETED -> null;
            case LOST -> throw new LeaseLost(taskId);
            case BUSY -> throw new SessionBusy(taskId);
        };
    }

    /** What is final and sad raises alerts, whose rows others may hold: it ends alone, and holds up nobody. */
    private Uni<CompletionResult> submit(TaskCompletion ending) {
        Uni<CompletionResult> alone =
                Uni.createFrom().deferred(() -> commit(List.of(ending)).map(List::getFirst));
        if (ending.task().clientId() == null) {
            return Uni.createFrom().deferred(() -> completeOfPlatform(ending));
        }
        return ending.status() == TaskStatus.FAILED ? alone : shardOf(ending).submit(ending);
    }

    private GroupCommit<TaskCompletion, CompletionResult> shardOf(TaskCompletion ending) {
        return shards.get(Math.floorMod(Long.hashCode(key(ending.task())), shards.size()));
    }

    private static long key(ClaimedTask task) {
        return task.sessionId() == null ? task.taskId() : task.sessionId();
    }

    private Uni<CompletionResult> completeOfPlatform(TaskCompletion ending) {
        return transactions
                .statementsAsPlatform(PlatformReason.PLATFORM_TASK, tx -> end(tx, List.of(ending)))
                .map(results -> results.get(ending.task().taskId()));
    }

    private Uni<List<CompletionResult>> commit(List<TaskCompletion> endings) {
        return transactions
                .statementsInTenants(tenants -> end(tenants, endings))
                .map(results -> endings.stream()
                        .map(ending -> results.get(ending.task().taskId()))
                        .toList());
    }

    private Uni<Map<Long, CompletionResult>> end(Tenants tenants, List<TaskCompletion> endings) {
        Map<Long, List<TaskCompletion>> byClient = endings.stream()
                .collect(Collectors.groupingBy(ending -> ending.task().clientId(), TreeMap::new, Collectors.toList()));
        return Uni.join()
                .all(byClient.entrySet().stream()
                        .map(client -> end(tenants.of(client.getKey()), client.getValue()))
                        .toList())
                .andFailFast()
                .map(TaskCompleter::merged);
    }

    private static Map<Long, CompletionResult> merged(List<Map<Long, CompletionResult>> parts) {
        Map<Long, CompletionResult> all = new HashMap<>();
        parts.forEach(all::putAll);
        return all;
    }

    /** The endings of one tenant, or of none. */
    private Uni<Map<Long, CompletionResult>> end(Tx tx, List<TaskCompletion> endings) {
        JsonArray rows = new JsonArray();
        endings.forEach(ending -> rows.add(ending.toJson()));
        return tx.sql(END, rows)
                .map(answer -> results(tx, endings, answer))
                .call(results -> effects(tx, endings, results));
    }

    private static Map<Long, CompletionResult> results(Tx tx, List<TaskCompletion> endings, RowSet<Row> rows) {
        Map<Long, CompletionResult> results = new HashMap<>();
        Long clientId = endings.getFirst().task().clientId();
        for (Row row : rows) {
            results.put(
                    row.getLong("task_id"),
                    CompletionResult.valueOf(row.getString("result").toUpperCase(Locale.ROOT)));
            Long next = row.getLong("next_task_id");
            if (next != null) {
                tx.requested(new RequestedTask(
                        next, clientId, row.getString("next_task_type"), row.getString("next_task_queue")));
            }
        }
        return results;
    }

    /** Side by side: each is one stream of statements, and the connection takes them one behind the other. */
    private static Uni<Void> effects(Tx tx, List<TaskCompletion> endings, Map<Long, CompletionResult> results) {
        List<Uni<Void>> effects = endings.stream()
                .filter(ending -> results.get(ending.task().taskId()) == CompletionResult.COMPLETED)
                .map(ending -> Uni.createFrom().deferred(() -> ending.effects().write(tx)))
                .toList();
        return effects.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join().all(effects).andFailFast().replaceWithVoid();
    }
}
