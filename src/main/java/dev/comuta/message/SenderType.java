package dev.comuta.message;

import com.fasterxml.jackson.annotation.JsonValue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Kinds of sender of a message, each with its stored value (Messages.SenderType). */
@Schema(
        name = "SenderType",
        description =
                "Sender of a message: `Usuário-Cliente` (the end user), `Usuário` (an internal user) or `Assistente` (an assistant)")
public enum SenderType {
    USER("Usuário"),
    END_USER("Usuário-Cliente"),
    ASSISTANT("Assistente");

    private final String stored;

    SenderType(String stored) {
        this.stored = stored;
    }

    /** The value in Messages.SenderType. */
    @JsonValue
    public String stored() {
        return stored;
    }
}
