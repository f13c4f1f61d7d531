package dev.comuta.people;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The decision of an end user about being contacted, with its stored value (Consents.Status). */
@Schema(
        name = "ConsentStatus",
        description =
                "The decision in force: `Concedido` (granted), `Revogado` (revoked) or `Desconhecido` (none was recorded)")
public enum ConsentStatus {
    GRANTED("Concedido"),
    REVOKED("Revogado"),
    /** No decision was recorded. No row has this value. */
    UNKNOWN("Desconhecido");

    private final String stored;

    ConsentStatus(String stored) {
        this.stored = stored;
    }

    /** The value in Consents.Status. */
    @JsonValue
    public String stored() {
        return stored;
    }

    static ConsentStatus of(String stored) {
        return Arrays.stream(values())
                .filter(status -> status.stored.equals(stored))
                .findFirst()
                .orElse(UNKNOWN);
    }
}
