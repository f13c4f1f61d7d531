package dev.comuta.task;

import dev.comuta.platform.db.Transactions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;

/** Claims tasks without a worker, for tests of other rooms. */
public final class TestClaims {

    private TestClaims() {}

    /** Claims a task for one attempt of a minute; empty when it cannot be claimed now. */
    public static List<ClaimedTask> claim(Transactions transactions, TaskType type, long taskId) {
        return new TaskStore(transactions, new TaskRegistry(List.of(type), List.of()))
                .claim(List.of(taskId), new JsonObject().put(type.stored(), 60), UUID.randomUUID())
                .await()
                .indefinitely()
                .tasks();
    }
}
