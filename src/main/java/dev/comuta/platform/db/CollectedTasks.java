package dev.comuta.platform.db;

import java.util.ArrayList;
import java.util.List;

/** A transaction that collects the tasks requested in it. */
abstract class CollectedTasks implements Tx {

    private final List<RequestedTask> requested = new ArrayList<>();
    private final String traceParent;

    CollectedTasks(String traceParent) {
        this.traceParent = traceParent;
    }

    @Override
    public void requested(RequestedTask task) {
        requested.add(task.traceParent() == null ? task.tracedBy(traceParent) : task);
    }

    @Override
    public String traceParent() {
        return traceParent;
    }

    void publishTo(CommitListener afterCommit) {
        if (!requested.isEmpty()) {
            afterCommit.committed(List.copyOf(requested));
        }
    }
}
