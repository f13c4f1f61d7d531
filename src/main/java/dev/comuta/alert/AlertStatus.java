package dev.comuta.alert;

import com.fasterxml.jackson.annotation.JsonValue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The states of an alert: 'Aberto' -> 'Reconhecido' -> 'Resolvido'. An alert may skip 'Reconhecido'. */
@Schema(
        name = "AlertStatus",
        description = "State of an alert: `Aberto` (new), `Reconhecido` (acknowledged) or `Resolvido` (resolved)")
public enum AlertStatus {
    OPEN("Aberto"),
    ACKNOWLEDGED("Reconhecido"),
    RESOLVED("Resolvido");

    private final String stored;

    AlertStatus(String stored) {
        this.stored = stored;
    }

    /** The value in Alerts.Status. */
    @JsonValue
    public String stored() {
        return stored;
    }

    boolean canBecome(AlertStatus next) {
        return next.compareTo(this) > 0;
    }
}
