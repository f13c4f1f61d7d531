package dev.comuta.call.control;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.comuta.call.CallCommand.RecordingChange;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A change of the recording of a call, with its value in a request. */
@Schema(
        name = "RecordingAction",
        description = "`Iniciar` (start), `Pausar` (pause), `Retomar` (resume) or `Parar` (stop)")
public enum RecordingAction {
    /** Starts a recording. */
    START("Iniciar", RecordingChange.START),
    /** Pauses it, for example while a card number is spoken. */
    PAUSE("Pausar", RecordingChange.PAUSE),
    /** Resumes it. */
    RESUME("Retomar", RecordingChange.RESUME),
    /** Ends it. */
    STOP("Parar", RecordingChange.STOP);

    private final String stored;
    private final RecordingChange change;

    RecordingAction(String stored, RecordingChange change) {
        this.stored = stored;
        this.change = change;
    }

    /** The value in a request. */
    @JsonValue
    public String stored() {
        return stored;
    }

    RecordingChange change() {
        return change;
    }
}
