package dev.comuta.channel.setup;

import com.fasterxml.jackson.annotation.JsonValue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whether a step of the set-up is done. */
@Schema(
        name = "SetupStepState",
        description =
                "Whether the step is done: `Feito` (done), `Falta` (missing) or `Desconhecido` (the provider did not say)")
public enum StepState {
    DONE("Feito"),
    MISSING("Falta"),
    UNKNOWN("Desconhecido");

    private final String word;

    StepState(String word) {
        this.word = word;
    }

    /** The word of the API. */
    @JsonValue
    public String word() {
        return word;
    }
}
