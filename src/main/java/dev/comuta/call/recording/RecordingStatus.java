package dev.comuta.call.recording;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Status of a recording, with its stored value (CallRecordings.Status). Reports move it forward only. */
@Schema(
        name = "RecordingStatus",
        description = "Status of a recording: `Gravando`, `Pausada`, `Gravada`; `Vazia` and `Falhou` have no file.")
public enum RecordingStatus {
    IN_PROGRESS("Gravando"),
    PAUSED("Pausada"),
    RECORDED("Gravada"),
    EMPTY("Vazia"),
    FAILED("Falhou");

    private final String stored;

    RecordingStatus(String stored) {
        this.stored = stored;
    }

    /** The value in CallRecordings.Status. */
    @JsonValue
    public String stored() {
        return stored;
    }

    /** Whether no other status follows. */
    boolean isFinal() {
        return this != IN_PROGRESS && this != PAUSED;
    }

    static RecordingStatus of(String stored) {
        return Arrays.stream(values())
                .filter(status -> status.stored.equals(stored))
                .findFirst()
                .orElse(FAILED);
    }
}
