package dev.comuta.assistant.turn;

import dev.comuta.message.MessageTasks;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.TaskListener;
import dev.comuta.task.TaskType;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Requests the next turn of a session when a task that the turn waits for is done, failed or canceled. */
@ApplicationScoped
class ToolTurns implements TaskListener {

    private final AwaitedTasks awaited;
    private final Tasks tasks;

    ToolTurns(AwaitedTasks awaited, Tasks tasks) {
        this.awaited = awaited;
        this.tasks = tasks;
    }

    @Override
    public boolean listensTo(TaskType type) {
        return awaited.contains(type);
    }

    @Override
    public Uni<Void> completed(Tx tx, ClaimedTask task) {
        return requestTurn(tx, task);
    }

    @Override
    public Uni<Void> failed(Tx tx, ClaimedTask task, String cause) {
        return requestTurn(tx, task);
    }

    @Override
    public Uni<Void> canceled(Tx tx, ClaimedTask task) {
        return requestTurn(tx, task);
    }

    private Uni<Void> requestTurn(Tx tx, ClaimedTask task) {
        return Unis.when(
                task.sessionId() != null,
                () -> tasks.request(tx, MessageTasks.turn(task.clientId(), task.sessionId())));
    }
}
