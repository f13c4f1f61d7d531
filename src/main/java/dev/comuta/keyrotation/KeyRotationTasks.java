package dev.comuta.keyrotation;

import dev.comuta.task.TaskQueue;
import dev.comuta.task.TaskType;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Task types of key rotation. */
@Dependent
public class KeyRotationTasks {

    /** Reseals secrets with the current master key. */
    @Produces
    @Singleton
    public static final TaskType ROTATE_MASTER_KEY = TaskType.silent("TrocaChave", TaskQueue.BULK);

    private KeyRotationTasks() {}
}
