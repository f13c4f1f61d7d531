package dev.comuta.people;

import java.util.Arrays;

/** What somebody said about being written or called to, and the word under which it is stored (Consents.Status). */
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
