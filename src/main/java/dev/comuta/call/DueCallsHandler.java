package dev.comuta.call;

import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Tx;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.NewTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskType;
import dev.comuta.task.Tasks;
import dev.comuta.task.job.JobBatches;
import dev.comuta.task.job.RecurringHandler;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Requests a question to the provider for each call that is due, so that lost webhooks delay no end for long. */
@ApplicationScoped
class DueCallsHandler implements RecurringHandler {

    private static final int AT_ONCE = 100;
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String DUE = "select * from comuta_due_calls($1::double precision * interval '1 second', $2)";

    private final JobBatches batches;
    private final Tasks tasks;
    private final CallsConfig config;

    DueCallsHandler(JobBatches batches, Tasks tasks, CallsConfig config) {
        this.batches = batches;
        this.tasks = tasks;
        this.config = config;
    }

    @Override
    public TaskType job() {
        return CallTasks.FIND_DUE;
    }

    @Override
    public Duration timeLimit() {
        return LIMIT;
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        return batches.run(job(), AT_ONCE, config.checkInterval(), this::request);
    }

    private Uni<Integer> request(Tx tx) {
        return tx.list(
                        DUE,
                        DueCallsHandler::question,
                        (double) config.maxCheckAfter().toSeconds(),
                        AT_ONCE)
                .call(due -> InOrder.each(due, question -> tasks.request(tx, question)))
                .map(due -> due.size());
    }

    private static NewTask question(Row row) {
        long call = row.getLong("call_id");
        return NewTask.of(CallTasks.CHECK)
                .client(row.getLong("client_id"))
                .session(row.getLong("session_id"))
                .data(new JsonObject().put("callId", call))
                .dedupeKey("consulta-chamada:" + call);
    }
}
