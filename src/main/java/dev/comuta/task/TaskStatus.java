package dev.comuta.task;

/** The states of a task: 'Pendente' -> 'Em Andamento' -> 'Concluída' | 'Falhou' | 'Cancelada'. */
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

    /** The word in BackgroundTasks.Status. */
    public String stored() {
        return stored;
    }
}
