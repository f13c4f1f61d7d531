package dev.comuta.message;

/** How far an outgoing message has come and the word under which it is stored (Messages.Status). */
public enum MessageStatus {
    /** Written, not yet with the provider. */
    PENDING("Pendente"),
    /** The provider has it. */
    SENT("Enviada"),
    /** The recipient's device has it. */
    DELIVERED("Entregue"),
    /** The recipient opened it. */
    READ("Lida"),
    /** It will never arrive. */
    FAILED("Falhou"),
    /** It may or may not have reached the provider; it is not sent again. */
    UNCERTAIN("Incerta");

    private final String stored;

    MessageStatus(String stored) {
        this.stored = stored;
    }

    /** The word in Messages.Status. */
    public String stored() {
        return stored;
    }
}
