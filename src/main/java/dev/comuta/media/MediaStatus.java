package dev.comuta.media;

import com.fasterxml.jackson.annotation.JsonValue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** States of a file, each with its stored value (MediaObjects.Status). */
@Schema(
        name = "MediaStatus",
        description =
                "State of a file: `Pendente` is being fetched, `Disponível` can be read, `Retida` waits for the virus scanner, `Infectada` was dropped by it, `Indisponível` could not be fetched or is not accepted.")
public enum MediaStatus {
    PENDING("Pendente"),
    AVAILABLE("Disponível"),
    HELD("Retida"),
    INFECTED("Infectada"),
    UNAVAILABLE("Indisponível");

    private final String stored;

    MediaStatus(String stored) {
        this.stored = stored;
    }

    /** The value in MediaObjects.Status. */
    @JsonValue
    public String stored() {
        return stored;
    }
}
