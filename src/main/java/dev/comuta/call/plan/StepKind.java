package dev.comuta.call.plan;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.comuta.platform.openapi.ApiValueSets;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a step of a call plan does, with its value in a plan. */
@Schema(
        name = "CallStepKind",
        description =
                "What a step does: `Corretor` rings the broker of the end user, or of the channel; `Equipe` rings the internal users of `userIds`; `Números` rings the telephones of `numbers`; `SIP` calls `sipUri`, for example a room; `Correio de voz` records a message; `Fala` speaks `text`; `Agente` requests `agent` at LiveKit; `Assistente` lets the assistant of the channel speak with the caller.",
        extensions = @Extension(name = ApiValueSets.GROWS, value = "true"))
public enum StepKind {
    /** Rings the broker of the end user, or of the channel. */
    BROKER("Corretor"),
    /** Rings internal users. */
    TEAM("Equipe"),
    /** Rings telephones that belong to no internal user. */
    NUMBERS("Números"),
    /** Calls a SIP address. */
    SIP("SIP"),
    /** Records a message. */
    VOICEMAIL("Correio de voz"),
    /** Speaks a text. */
    SAY("Fala"),
    /** Requests an agent at LiveKit. */
    AGENT("Agente"),
    /** The assistant speaks with the caller. */
    ASSISTANT("Assistente");

    private final String stored;

    StepKind(String stored) {
        this.stored = stored;
    }

    /** The value in a plan. */
    @JsonValue
    public String stored() {
        return stored;
    }
}
