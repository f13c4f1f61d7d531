package dev.comuta.message.content;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.comuta.platform.openapi.ApiValueSets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Kinds of content of a message, each with its stored value (Messages.ContentType). */
@Schema(
        name = "ContentType",
        description = "Kind of content of a message.",
        extensions = @Extension(name = ApiValueSets.GROWS, value = "true"))
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
    /** A reaction to an earlier message. It has no text when the sender removed the reaction. */
    REACTION("Reação"),
    ORDER("Pedido"),
    /** A new text for an earlier message. */
    EDIT("Edição"),
    /** The sender revoked an earlier message. */
    REVOCATION("Revogação"),
    /** A notice of the provider about the end user. */
    NOTICE("Sistema"),
    /** A text with choices that we offer. */
    OPTIONS("Opções"),
    /** A template that the provider approved. */
    TEMPLATE("Modelo"),
    UNKNOWN("Desconhecido");

    private final String stored;

    ContentType(String stored) {
        this.stored = stored;
    }

    /** The value in Messages.ContentType. */
    @JsonValue
    public String stored() {
        return stored;
    }

    /** {@return the kind with this stored value, or {@link #UNKNOWN} for a value that this version does not know} */
    public static ContentType of(String stored) {
        return Stream.of(values())
                .filter(type -> type.stored.equals(stored))
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** The stored values of the kinds that are files, and of those that may have one. */
    public static String[] storedWithFile() {
        return Stream.concat(Stream.of(storedMedia()), Stream.of(TEMPLATE.stored))
                .toArray(String[]::new);
    }

    /** The stored values of the kinds that we send, for people. */
    static String sendable() {
        return Stream.of(TEXT, IMAGE, VIDEO, AUDIO, DOCUMENT, STICKER, LOCATION, CONTACT, REACTION, OPTIONS, TEMPLATE)
                .map(ContentType::stored)
                .collect(Collectors.joining(", "));
    }

    /** The stored values of the kinds that are files. */
    public static String[] storedMedia() {
        return Stream.of(AUDIO, IMAGE, VIDEO, DOCUMENT, STICKER)
                .map(ContentType::stored)
                .toArray(String[]::new);
    }
}
