package dev.comuta.call.transfer;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How a call is transferred, with its stored value (CallTransfers.Kind). */
@Schema(
        name = "TransferKind",
        description =
                "`Direta`: the person who is called hears who is transferred; `Assistida`: and a spoken summary first")
public enum TransferKind {
    /** The person hears only who is transferred. */
    COLD("Direta"),
    /** The person hears a summary first. */
    WARM("Assistida");

    private final String stored;

    TransferKind(String stored) {
        this.stored = stored;
    }

    /** The value in CallTransfers.Kind. */
    @JsonValue
    public String stored() {
        return stored;
    }

    static TransferKind of(String stored) {
        return Arrays.stream(values())
                .filter(kind -> kind.stored.equals(stored))
                .findFirst()
                .orElse(COLD);
    }
}
