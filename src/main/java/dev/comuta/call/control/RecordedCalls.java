package dev.comuta.call.control;

import dev.comuta.call.CallCommand.RecordingChange;
import dev.comuta.call.CallListener;
import dev.comuta.call.CallsAtProvider;
import dev.comuta.call.StoredCall;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Starts the recording of a call that is recorded from its begin, at a provider whose steps do not record. */
@ApplicationScoped
class RecordedCalls implements CallListener {

    private final CallsAtProvider calls;
    private final Tasks tasks;

    RecordedCalls(CallsAtProvider calls, Tasks tasks) {
        this.calls = calls;
        this.tasks = tasks;
    }

    @Override
    public Uni<Void> connected(Tx tx, StoredCall call) {
        boolean recorded = call.script() != null && call.script().recorded();
        return Unis.when(recorded, () -> calls.recordsBySteps(tx, call)
                .chain(bySteps -> Unis.when(!bySteps, () -> tasks.request(tx, CallControl.task(call, start())))));
    }

    private static Order start() {
        return new Order(Order.Kind.RECORDING, RecordingChange.START.name());
    }
}
