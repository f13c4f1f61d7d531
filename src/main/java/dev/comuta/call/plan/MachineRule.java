package dev.comuta.call.plan;

import com.fasterxml.jackson.annotation.JsonValue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What happens when a machine answers a call of the company, with its value in a request. */
@Schema(
        name = "MachineRule",
        description =
                "What happens when a machine answers: `Conectar` goes on as with a person, `Deixar mensagem` speaks a message after the tone and hangs up, `Desligar` hangs up")
public enum MachineRule {
    /** Goes on as with a person; the provider need not detect machines. */
    CONNECT("Conectar"),
    /** Speaks a message after the tone, and hangs up. */
    LEAVE_MESSAGE("Deixar mensagem"),
    /** Hangs up. */
    HANG_UP("Desligar");

    private final String stored;

    MachineRule(String stored) {
        this.stored = stored;
    }

    /** The value in a request. */
    @JsonValue
    public String stored() {
        return stored;
    }
}
