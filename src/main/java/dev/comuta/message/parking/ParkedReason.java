package dev.comuta.message.parking;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why an item is parked (ParkedItems.Reason). */
@Schema(
        name = "ParkedReason",
        description =
                "Why the item is parked: `Número desconhecido` (a message for a number without an active channel), `Cliente inativo` (a message for a client that is inactive), `Situação desconhecida` (a status of a message of an unknown number), `Ilegível` (it could not be parsed) or `Aviso` (a notice of the provider, for people)")
public enum ParkedReason {
    UNKNOWN_NUMBER("Número desconhecido"),
    INACTIVE_CLIENT("Cliente inativo"),
    UNKNOWN_STATUS("Situação desconhecida"),
    UNREADABLE("Ilegível"),
    NOTICE("Aviso");

    private final String stored;

    ParkedReason(String stored) {
        this.stored = stored;
    }

    /** The stored value. */
    @JsonValue
    public String stored() {
        return stored;
    }

    static ParkedReason of(String stored) {
        return Arrays.stream(values())
                .filter(value -> value.stored.equals(stored))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("unknown reason " + stored));
    }
}
