package dev.comuta.task;

import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.RequestedTask;
import dev.comuta.platform.db.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Statements of the engine on BackgroundTasks and TaskTypes: claim, sweep, announce. */
@ApplicationScoped
class TaskStore {

    private static final int SECOND = 1000;

    private static final String ANNOUNCE = """
            insert into TaskTypes (Type, SeenAt)
            select t, clock_timestamp() from unnest($1::text[]) t order by t
            on conflict (Type) do update set SeenAt = excluded.SeenAt""";

    private final Transactions transactions;
    private final TaskRegistry registry;

    TaskStore(Transactions transactions, TaskRegistry registry) {
        this.transactions = transactions;
        this.registry = registry;
    }

    /** Records that a process of this version handles these types. */
    Uni<Void> announceHandled(Collection<String> types) {
        return transactions.statementsAsPlatform(
                PlatformReason.SWEEP,
                tx -> tx.sql(ANNOUNCE, (Object) types.toArray(String[]::new)).replaceWithVoid());
    }

    /**
     * The result of a claim.
     *
     * @param tasks those that it claimed
     * @param locked ids of those that it would have claimed, had no other transaction locked them
     */
    record Claim(List<ClaimedTask> tasks, Set<Long> locked) {}

    /**
     * Claims those of the tasks that may begin now.
     *
     * @param claim the id of the claim; a repeated claim with the same id also returns the tasks that it has claimed
     */
    Uni<Claim> claim(List<Long> ids, JsonObject leases, UUID claim) {
        return transactions
                .statementsAsPlatform(
                        PlatformReason.CLAIM,
                        tx -> tx.list(
                                "select * from comuta_claim($1, $2, $3)",
                                row -> row,
                                ids.toArray(Long[]::new),
                                leases,
                                claim))
                .map(this::claim);
    }

    private Claim claim(List<Row> rows) {
        Map<Boolean, List<Row>> byLease =
                rows.stream().collect(Collectors.partitioningBy(row -> row.getUUID("lease_id") != null));
        return new Claim(
                byLease.get(true).stream()
                        .map(row -> ClaimedTask.of(row, registry))
                        .toList(),
                byLease.get(false).stream().map(row -> row.getLong("task_id")).collect(Collectors.toSet()));
    }

    /** Returns open tasks that are overdue, and postpones the time at which they are overdue the next time. */
    Uni<List<RequestedTask>> sweep(int atMost, Duration gap) {
        return transactions.statementsAsPlatform(
                PlatformReason.SWEEP,
                tx -> tx.list(
                        "select * from comuta_sweep($1, $2::double precision * interval '1 second')",
                        row -> new RequestedTask(
                                row.getLong("task_id"),
                                row.getLong("client_id"),
                                row.getString("task_type"),
                                row.getString("queue")),
                        atMost,
                        gap.toMillis() / (double) SECOND));
    }

    /** Tasks of one client that wait in the table, oldest first. */
    Uni<List<Long>> waiting(long clientId, TaskQueue queue, long fromTask, int atMost) {
        return transactions.statementsAsPlatform(
                PlatformReason.DISPATCH,
                tx -> tx.list(
                        "select task_id from comuta_waiting($1, $2, $3, $4, $5)",
                        row -> row.getLong(0),
                        clientId == 0 ? null : clientId,
                        queue.routingKey(),
                        registry.ofQueue(queue).stream().map(TaskType::stored).toArray(String[]::new),
                        fromTask,
                        atMost));
    }
}
