package dev.comuta.alert;

import com.fasterxml.jackson.annotation.JsonValue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The states of an alert: 'Aberto' -> 'Reconhecido' -> 'Resolvido', the second of which may be left out. */
@Schema(
        name = "AlertStatus",
        description =
                "How far people have dealt with an alert: `Aberto` (new), `Reconhecido` (acknowledged) or `Resolvido` (over)")
public enum AlertStatus {
    OPEN("Aberto"),
    ACKNOWLEDGED("Reconhecido"),
    RESOLVED("Resolvido");

    private final String stored;

    AlertStatus(String stored) {
        this.stored = stored;
    }

    /** The word in Alerts.Status. */
    @JsonValue
    public String stored() {
        return stored;
    }

    boolean canBecome(AlertStatus next) {
        return next.compareTo(this) > 0;
    }
}
