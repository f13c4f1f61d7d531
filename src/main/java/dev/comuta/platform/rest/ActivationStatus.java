package dev.comuta.platform.rest;

/** Whether a client, person or channel is active: stored words of the column Status. */
public final class ActivationStatus {

    public static final String ACTIVE = "Ativo";
    public static final String PENDING = "Pendente";
    public static final String INACTIVE = "Inativo";

    /** The values of a person or client, as a regular expression. */
    public static final String PATTERN = "Ativo|Inativo";

    private ActivationStatus() {}

    /** The given word, or active when there is none. */
    public static String orActive(String status) {
        return status == null ? ACTIVE : status;
    }
}
