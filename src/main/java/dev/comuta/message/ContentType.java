package dev.comuta.message;

import java.util.stream.Stream;

/** What a message carries and the word under which it is stored (Messages.ContentType). */
public enum ContentType {
    TEXT("Texto"),
    AUDIO("Áudio"),
    IMAGE("Imagem"),
    VIDEO("Vídeo"),
    DOCUMENT("Documento"),
    STICKER("Figurinha"),
    LOCATION("Localização"),
    CONTACT("Contato"),
    /** A choice from buttons or from a list. */
    INTERACTION("Interação"),
    /** A sign at an earlier message; without text when it was taken back. */
    REACTION("Reação"),
    ORDER("Pedido"),
    UNKNOWN("Desconhecido");

    private final String stored;

    ContentType(String stored) {
        this.stored = stored;
    }

    /** The word in Messages.ContentType. */
    public String stored() {
        return stored;
    }

    /** The stored words of what comes as a file. */
    public static String[] storedMedia() {
        return Stream.of(AUDIO, IMAGE, VIDEO, DOCUMENT, STICKER)
                .map(ContentType::stored)
                .toArray(String[]::new);
    }
}
