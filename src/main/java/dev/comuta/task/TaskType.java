package dev.comuta.task;

import dev.comuta.event.EventType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every kind of task: the word under which it is stored, its queue, and the event that tells a client of its end. */
public enum TaskType {
    /** One turn of an assistant. */
    TURN("RespostaAssistente", TaskQueue.TURN, null),
    /** A look-up at the client's CRM (seed, scenarios 2 and 4.2). */
    CRM_QUERY("ConsultaCRM", TaskQueue.TOOL, EventType.QUERY_FINISHED),
    /** Speech to text (seed, scenario 4.1). */
    TRANSCRIPTION("TranscricaoAudio", TaskQueue.TOOL, EventType.TASK_FINISHED),
    /** Carrying one outgoing message to its provider. */
    SEND_MESSAGE("EnvioMensagem", TaskQueue.SEND, null),
    /** Looking again at a message whose sending has an unknown outcome. */
    CONFIRM_SENDING("ConfirmaçãoEnvio", TaskQueue.SEND, null),
    /** Taking in what came for a number before it was registered. */
    REPLAY_PARKED("ReplayEstacionados", TaskQueue.BULK, null),
    /** Ending sessions that were idle too long; a job that requests its successor. */
    CLOSE_IDLE("EncerramentoInativas", TaskQueue.BULK, null),
    /** Telling the administrators of an alert (seed, scenario 5.2). */
    SEND_ALERT("EnvioAlerta", TaskQueue.BULK, null),
    /** Erasing what is kept about an end user. */
    ERASURE("Apagamento", TaskQueue.BULK, EventType.TASK_FINISHED),
    /** Mailing a sign-in link to an internal user, who waits for it. */
    SEND_ACCESS("EnvioAcesso", TaskQueue.SEND, null),
    /** Removing what is kept for a limited time; a job that requests its successor. */
    RETENTION("Retenção", TaskQueue.BULK, null),
    /** Bringing what is sealed at rest under the current key. */
    KEY_ROTATION("TrocaChave", TaskQueue.BULK, null);

    private static final Map<String, TaskType> BY_WORD =
            Stream.of(values()).collect(Collectors.toMap(TaskType::stored, Function.identity()));

    private final String stored;
    private final TaskQueue queue;
    private final EventType finished;

    TaskType(String stored, TaskQueue queue, EventType finished) {
        this.stored = stored;
        this.queue = queue;
        this.finished = finished;
    }

    /** The word in BackgroundTasks.TaskType. */
    public String stored() {
        return stored;
    }

    TaskQueue queue() {
        return queue;
    }

    /** The event that says that it ended well; empty for plumbing, whose domain events the handlers write. */
    Optional<EventType> finished() {
        return Optional.ofNullable(finished);
    }

    /** Whether an assistant waits for its result: such a task asks for a turn when it ends, well or not. */
    public boolean informsTurn() {
        return queue == TaskQueue.TOOL;
    }

    /** The stored words of the types that an assistant waits for. */
    public static List<String> informingTurns() {
        return stored(Stream.of(values()).filter(TaskType::informsTurn));
    }

    static List<String> ofQueue(TaskQueue queue) {
        return stored(Stream.of(values()).filter(type -> type.queue == queue));
    }

    private static List<String> stored(Stream<TaskType> types) {
        return types.map(TaskType::stored).toList();
    }

    /** The type of a stored word; empty for a word of another version or another system. */
    public static Optional<TaskType> of(String stored) {
        return Optional.ofNullable(BY_WORD.get(stored));
    }
}
