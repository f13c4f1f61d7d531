package dev.comuta.platform.db;

import java.util.List;

/** Port: notified of the tasks that a committed transaction requested. Must return immediately and never fail. */
public interface CommitListener {

    /**
     * The transaction has committed.
     *
     * @param tasks at least one, in the order in which they were requested
     */
    void committed(List<RequestedTask> tasks);
}
