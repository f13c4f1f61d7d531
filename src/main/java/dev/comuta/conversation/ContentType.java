package dev.comuta.conversation;

/** What a message carries and the word under which it is stored (Messages.ContentType). */
public enum ContentType {
    TEXT("Texto"),
    AUDIO("Áudio"),
    IMAGE("Imagem"),
    VIDEO("Vídeo"),
    DOCUMENT("Documento"),
    UNKNOWN("Desconhecido");

    private final String stored;

    ContentType(String stored) {
        this.stored = stored;
    }

    /** The word in Messages.ContentType. */
    public String stored() {
        return stored;
    }
}
