package dev.comuta.call.recording;

import com.fasterxml.jackson.annotation.JsonValue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why something was recorded, with its stored value (CallRecordings.Purpose). */
@Schema(
        name = "RecordingPurpose",
        description = "`conversa`: a conversation; `recado`: a message that the caller left on the voicemail.")
public enum RecordingPurpose {
    CONVERSATION("conversa"),
    VOICEMAIL("recado");

    private final String stored;

    RecordingPurpose(String stored) {
        this.stored = stored;
    }

    /** The value in CallRecordings.Purpose. */
    @JsonValue
    public String stored() {
        return stored;
    }

    static RecordingPurpose of(String stored) {
        return VOICEMAIL.stored.equals(stored) ? VOICEMAIL : CONVERSATION;
    }
}
