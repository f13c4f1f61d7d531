package dev.comuta.people;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What somebody said about being written or called to, and the word under which it is stored (Consents.Status). */
@Schema(
        name = "ConsentStatus",
        description =
                "The decision in force: `Concedido` (granted), `Revogado` (revoked) or `Desconhecido` (none was recorded)")
public enum ConsentStatus {
    GRANTED("Concedido"),
    REVOKED("Revogado"),
    /** Nothing was ever said; no row has this word. */
    UNKNOWN("Desconhecido");

    private final String stored;

    ConsentStatus(String stored) {
        this.stored = stored;
    }

    /** The word in Consents.Status. */
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
