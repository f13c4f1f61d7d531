package dev.comuta.task;

import com.fasterxml.jackson.annotation.JsonValue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The states of a task: 'Pendente' -> 'Em Andamento' -> 'Concluída' | 'Falhou' | 'Cancelada'. */
@Schema(
        name = "TaskStatus",
        description =
                "State of a task: `Pendente` (waits for an attempt), `Em Andamento` (an attempt runs), `Concluída` (done; a task that sent a message can be retried while the message is `Falhou`), `Falhou` (failed for good; can be retried) or `Cancelada` (canceled by a person, no longer needed after an action of a person, or canceled because the company became `Inativo`)")
public enum TaskStatus {
    PENDING("Pendente"),
    RUNNING("Em Andamento"),
    DONE("Concluída"),
    FAILED("Falhou"),
    CANCELED("Cancelada");

    private final String stored;

    TaskStatus(String stored) {
        this.stored = stored;
    }

    /** The value in BackgroundTasks.Status. */
    @JsonValue
    public String stored() {
        return stored;
    }
}
