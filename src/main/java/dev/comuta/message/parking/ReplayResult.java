package dev.comuta.message.parking;

import com.fasterxml.jackson.annotation.JsonValue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of an item that was replayed. */
@Schema(
        name = "ReplayResult",
        description =
                "What became of the item: `Recebido` (received now), `Repetido` (an earlier delivery had been received) or `Estacionado` (not placed; it remains parked)")
public enum ReplayResult {
    RECEIVED("Recebido"),
    REPEATED("Repetido"),
    PARKED("Estacionado");

    private final String word;

    ReplayResult(String word) {
        this.word = word;
    }

    /** The word of the API. */
    @JsonValue
    public String word() {
        return word;
    }
}
