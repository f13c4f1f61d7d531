package dev.comuta.call.summary;

import dev.comuta.call.CallRef;
import dev.comuta.call.summary.SummaryStore.EndedCall;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.NewTask;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

/** Requests the tasks 'ResumoLigação'. The tasks of one call run one after the other. */
@ApplicationScoped
public class SummaryRequests {

    private static final String CALL_ID = "callId";

    private final SummaryStore store;
    private final Tasks tasks;

    SummaryRequests(SummaryStore store, Tasks tasks) {
        this.store = store;
        this.tasks = tasks;
    }

    /**
     * Words of a call became known. When the call has ended, its summary is written again, unless a person wrote one;
     * nothing happens while it goes on, because its end requests the summary.
     */
    public Uni<Void> textArrived(Tx tx, CallRef call) {
        return store.findEnded(tx, call)
                .chain(ended -> Unis.when(ended != null && ended.mayBeSummarized(), () -> request(tx, call, ended)));
    }

    private Uni<Void> request(Tx tx, CallRef call, EndedCall ended) {
        return request(tx, call, ended.sessionId());
    }

    /** Requests the summary of an ended call. */
    Uni<Void> request(Tx tx, CallRef call, long sessionId) {
        return tasks.request(
                tx,
                NewTask.of(SummaryTasks.SUMMARIZE)
                        .client(call.clientId())
                        .session(sessionId)
                        .data(new JsonObject().put(CALL_ID, call.callId()))
                        .serialKey("resumo:" + call.callId()));
    }

    static CallRef callIn(ClaimedTask task) {
        return new CallRef(task.clientId(), task.requestedId(CALL_ID));
    }
}
