package dev.comuta.task;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** The tasks of a whole client, for the room that suspends clients. */
@ApplicationScoped
public class TasksOfClients {

    /** Skips a task that another transaction has locked: its attempt ends, and a next one is canceled when it is due. */
    private static final String MAKE_DUE = """
            update BackgroundTasks set NotBefore = null, DueAt = clock_timestamp()
            where TaskID = any (array(
                select TaskID from BackgroundTasks
                where ClientID = $1 and Status = 'Pendente' and NotBefore > clock_timestamp() and TaskType <> all ($2)
                order by TaskID for no key update skip locked))""";

    private final TaskRegistry registry;

    TasksOfClients(TaskRegistry registry) {
        this.registry = registry;
    }

    /**
     * Cancels the open tasks of a client that becomes 'Inativo' in this transaction: after its commit each claim cancels
     * them ({@link TaskRunner}). Those that wait for a later time are due now. Tasks that may not be canceled still run,
     * and a running attempt ends by its own result.
     */
    public Uni<Void> cancelOpen(Tx tx, long clientId) {
        return tx.execute(MAKE_DUE, clientId, registry.uncancelable().toArray(String[]::new))
                .replaceWithVoid();
    }
}
