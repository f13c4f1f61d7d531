package dev.comuta.call.summary;

import dev.comuta.call.CallListener;
import dev.comuta.call.StoredCall;
import dev.comuta.media.MediaTasks;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.TaskListener;
import dev.comuta.task.TaskType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Requests a summary, once, when an answered call ends in which something was said, and another one when a message on its
 * voicemail was transcribed.
 */
@ApplicationScoped
class EndedCalls implements CallListener, TaskListener {

    private final SpokenLines lines;
    private final SummaryStore store;
    private final SummaryRequests requests;

    EndedCalls(SpokenLines lines, SummaryStore store, SummaryRequests requests) {
        this.lines = lines;
        this.store = store;
        this.requests = requests;
    }

    @Override
    public Uni<Void> ended(Tx tx, StoredCall call) {
        return Unis.when(call.state().connected(), () -> request(tx, call));
    }

    private Uni<Void> request(Tx tx, StoredCall call) {
        return lines.of(tx, call.ref(), call.sessionId())
                .chain(said -> Unis.when(!said.isEmpty(), () -> requests.request(tx, call.ref(), call.sessionId())));
    }

    @Override
    public boolean listensTo(TaskType type) {
        return type.equals(MediaTasks.TRANSCRIPTION);
    }

    @Override
    public Uni<Void> completed(Tx tx, ClaimedTask task) {
        return Unis.when(task.sessionId() != null, () -> store.findOfSession(tx, task.clientId(), task.sessionId())
                .chain(call -> Unis.when(call != null, () -> requests.textArrived(tx, call))));
    }
}
