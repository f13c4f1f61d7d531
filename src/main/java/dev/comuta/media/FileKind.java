package dev.comuta.media;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Kinds of files in messages, with the limits of WhatsApp (Meta, "Supported media types"). */
@Schema(name = "FileKind", description = "Kind of a file: `Imagem`, `Vídeo`, `Áudio`, `Documento`, `Figurinha`.")
public enum FileKind {
    IMAGE("Imagem", "image/", 5 * Size.MB, "image/jpeg image/png"),
    VIDEO("Vídeo", "video/", 16 * Size.MB, "video/mp4 video/3gpp"),
    AUDIO("Áudio", "audio/", 16 * Size.MB, "audio/aac audio/amr audio/mpeg audio/mp3 audio/mp4 audio/ogg audio/opus"),
    DOCUMENT(
            "Documento",
            "",
            100 * Size.MB,
            "text/plain application/pdf application/msword application/vnd.ms-excel application/vnd.ms-powerpoint "
                    + MediaKind.OFFICE),
    STICKER("Figurinha", "image/webp", 500 * Size.KB, "image/webp");

    /** Most bytes of a sticker that does not move. */
    static final long STILL_STICKER = 100 * Size.KB;

    /** Units of limits. */
    private static final class Size {
        static final long KB = 1L << 10;
        static final long MB = 1L << 20;
    }

    private final String stored;
    private final String family;
    private final long limit;

    /** Separated by spaces. */
    private final String sendable;

    FileKind(String stored, String family, long limit, String sendable) {
        this.stored = stored;
        this.family = family;
        this.limit = limit;
        this.sendable = sendable;
    }

    /** The value in MediaObjects.Kind, as in Messages.ContentType. */
    @JsonValue
    public String stored() {
        return stored;
    }

    /** Most bytes of a file of this kind. */
    public long limit() {
        return limit;
    }

    /** Whether a file of this type can be of this kind. */
    boolean has(String mimeType) {
        return mimeType.startsWith(family);
    }

    /** Whether WhatsApp delivers a file of this type as this kind. */
    boolean canBeSentAs(String mimeType) {
        return sendable().contains(mimeType);
    }

    /** The types that WhatsApp delivers as this kind. */
    List<String> sendable() {
        return List.of(sendable.split(" ", -1));
    }

    /** {@return the kind with this stored value, or empty} */
    public static Optional<FileKind> of(String stored) {
        return Arrays.stream(values())
                .filter(kind -> kind.stored.equals(stored))
                .findFirst();
    }

    /** A limit in words, for example "5 MB". */
    static String words(long bytes) {
        return bytes % Size.MB == 0 ? bytes / Size.MB + " MB" : bytes / Size.KB + " kB";
    }
}
