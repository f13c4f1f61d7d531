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
 * Ends attempts, many in one commit: their rows by one statement for each tenant (V45__ends_in_groups.sql), then the
 * effects of each that still owned its task.
 */
@ApplicationScoped
class Endings {

    private static final String END = "select * from comuta_end($1)";
    private static final Duration FIRST_LOOK_AT_BUSY = Duration.ofMillis(5);
    private static final Duration LATER_LOOKS_AT_BUSY = Duration.ofMillis(100);

    private final Transactions transactions;

    /** Attempts of one session always take the same line, so that their order is kept. */
    private final List<GroupCommit<Ending, Fate>> lines;

    Endings(Transactions transactions, TaskConfig config, Vertx vertx) {
        this.transactions = transactions;
        this.lines = IntStream.range(0, config.finishLines())
                .mapToObj(i -> line(((VertxInternal) vertx).createEventLoopContext(), config))
                .toList();
    }

    private GroupCommit<Ending, Fate> line(Context context, TaskConfig config) {
        return new GroupCommit<>(context, this::commit, Limits.of(config.finishLimit(), Integer.MAX_VALUE));
    }

    /** What became of an attempt's ending. */
    private enum Fate {
        /** Stored, with its effects. */
        ENDED,
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
    Uni<Void> store(Ending ending) {
        return submit(ending)
                .map(fate -> requireEnded(ending, fate))
                .onFailure(SessionBusy.class)
                .retry()
                .withBackOff(FIRST_LOOK_AT_BUSY, LATER_LOOKS_AT_BUSY)
                .indefinitely();
    }

    private static Void requireEnded(Ending ending, Fate fate) {
        long taskId = ending.task().taskId();
        return switch (fate) {
            case ENDED -> null;
            case LOST -> throw new LeaseLost(taskId);
            case BUSY -> throw new SessionBusy(taskId);
        };
    }

    /** What is final and sad raises alerts, whose rows others may hold: it ends alone, and holds up nobody. */
    private Uni<Fate> submit(Ending ending) {
        Uni<Fate> alone =
                Uni.createFrom().deferred(() -> commit(List.of(ending)).map(List::getFirst));
        if (ending.task().clientId() == null) {
            return Uni.createFrom().deferred(() -> endOfPlatform(ending));
        }
        return ending.status() == TaskStatus.FAILED ? alone : lineOf(ending).submit(ending);
    }

    private GroupCommit<Ending, Fate> lineOf(Ending ending) {
        return lines.get(Math.floorMod(Long.hashCode(key(ending.task())), lines.size()));
    }

    private static long key(ClaimedTask task) {
        return task.sessionId() == null ? task.taskId() : task.sessionId();
    }

    private Uni<Fate> endOfPlatform(Ending ending) {
        return transactions
                .statementsAsPlatform(PlatformReason.PLATFORM_TASK, tx -> end(tx, List.of(ending)))
                .map(fates -> fates.get(ending.task().taskId()));
    }

    private Uni<List<Fate>> commit(List<Ending> endings) {
        return transactions
                .statementsInTenants(tenants -> end(tenants, endings))
                .map(fates -> endings.stream()
                        .map(ending -> fates.get(ending.task().taskId()))
                        .toList());
    }

    private Uni<Map<Long, Fate>> end(Tenants tenants, List<Ending> endings) {
        Map<Long, List<Ending>> byClient = endings.stream()
                .collect(Collectors.groupingBy(ending -> ending.task().clientId(), TreeMap::new, Collectors.toList()));
        return Uni.join()
                .all(byClient.entrySet().stream()
                        .map(client -> end(tenants.of(client.getKey()), client.getValue()))
                        .toList())
                .andFailFast()
                .map(Endings::merged);
    }

    private static Map<Long, Fate> merged(List<Map<Long, Fate>> parts) {
        Map<Long, Fate> all = new HashMap<>();
        parts.forEach(all::putAll);
        return all;
    }

    /** The endings of one tenant, or of none. */
    private Uni<Map<Long, Fate>> end(Tx tx, List<Ending> endings) {
        JsonArray rows = new JsonArray();
        endings.forEach(ending -> rows.add(ending.toJson()));
        return tx.sql(END, rows).map(answer -> fates(tx, endings, answer)).call(fates -> effects(tx, endings, fates));
    }

    private static Map<Long, Fate> fates(Tx tx, List<Ending> endings, RowSet<Row> rows) {
        Map<Long, Fate> fates = new HashMap<>();
        Long clientId = endings.getFirst().task().clientId();
        for (Row row : rows) {
            fates.put(row.getLong("task_id"), Fate.valueOf(row.getString("fate").toUpperCase(Locale.ROOT)));
            Long next = row.getLong("next_task_id");
            if (next != null) {
                tx.requested(new RequestedTask(next, clientId, row.getString("next_task_type")));
            }
        }
        return fates;
    }

    /** Side by side: each is one stream of statements, and the connection takes them one behind the other. */
    private static Uni<Void> effects(Tx tx, List<Ending> endings, Map<Long, Fate> fates) {
        List<Uni<Void>> effects = endings.stream()
                .filter(ending -> fates.get(ending.task().taskId()) == Fate.ENDED)
                .map(ending -> Uni.createFrom().deferred(() -> ending.effects().write(tx)))
                .toList();
        return effects.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join().all(effects).andFailFast().replaceWithVoid();
    }
}
