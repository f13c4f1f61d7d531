package dev.comuta.platform;

import java.util.ArrayList;
import java.util.List;

/** The tasks that one transaction requested so far. */
abstract class CollectedTasks implements Tx {

    private final List<RequestedTask> requested = new ArrayList<>();

    @Override
    public void requested(RequestedTask task) {
        requested.add(task);
    }

    void handOver(AfterCommit afterCommit) {
        if (!requested.isEmpty()) {
            afterCommit.committed(List.copyOf(requested));
        }
    }
}
