package dev.comuta.message;

/** Who speaks and the word under which it is stored (Messages.SenderType). */
public enum SenderType {
    USER("Usuário"),
    END_USER("Usuário-Cliente"),
    ASSISTANT("Assistente");

    private final String stored;

    SenderType(String stored) {
        this.stored = stored;
    }

    /** The word in Messages.SenderType. */
    public String stored() {
        return stored;
    }
}
