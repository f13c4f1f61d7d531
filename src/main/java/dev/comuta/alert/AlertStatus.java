package dev.comuta.alert;

/** The states of an alert: 'Aberto' -> 'Reconhecido' -> 'Resolvido', the second of which may be left out. */
enum AlertStatus {
    OPEN("Aberto"),
    ACKNOWLEDGED("Reconhecido"),
    RESOLVED("Resolvido");

    private final String stored;

    AlertStatus(String stored) {
        this.stored = stored;
    }

    /** The word in Alerts.Status. */
    String stored() {
        return stored;
    }

    boolean canBecome(AlertStatus next) {
        return next.compareTo(this) > 0;
    }
}
