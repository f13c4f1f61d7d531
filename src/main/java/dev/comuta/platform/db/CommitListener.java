package dev.comuta.platform.db;

import java.util.List;

/** Port: told of the tasks that a transaction requested, once it has committed. Must return at once and never fail. */
public interface CommitListener {

    /**
     * The transaction stands.
     *
     * @param tasks at least one, in the order in which they were requested
     */
    void committed(List<RequestedTask> tasks);
}
