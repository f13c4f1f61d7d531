package dev.comuta.media;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The kinds of files that WhatsApp carries (Meta, "Supported media types"), recognized by their first bytes. The type
 * that a sender declares is only a claim: the bytes expose a web page or a program that is declared as a picture.
 */
public enum MediaKind {
    JPEG("image/jpeg", 0, "\u00ff\u00d8\u00ff"),
    PNG("image/png", 0, "\u0089PNG\r\n\u001a\n"),
    WEBP("image/webp", 0, "RIFF", 8, "WEBP"),
    OGG("audio/ogg", 0, "OggS"),
    AMR("audio/amr", 0, "#!AMR"),
    AAC("audio/aac", 0, "\u00ff\u00f1"),
    AAC_MPEG2("audio/aac", 0, "\u00ff\u00f9"),
    MP3_TAGGED("audio/mpeg", 0, "ID3"),
    MP3("audio/mpeg", 0, "\u00ff\u00fb"),
    MP3_CHECKED("audio/mpeg", 0, "\u00ff\u00fa"),
    MP3_MPEG2("audio/mpeg", 0, "\u00ff\u00f3"),
    GPP_VIDEO("video/3gpp", 4, "ftyp3g"),
    M4A("audio/mp4", 4, "ftypM4A"),
    MP4("video/mp4", 4, "ftyp"),
    PDF("application/pdf", 0, "%PDF-"),
    OLE("application/msword", 0, "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1"),
    ZIP("application/zip", 0, "PK\u0003\u0004");

    /** Number of first bytes that are enough to recognize a file. */
    public static final int HEAD = 64;

    private static final String TEXT = "text/plain";

    /** Place of the first packet in an Ogg file whose first page has that packet only. */
    private static final int OPUS_AT = 28;

    /** Types whose files begin with the same bytes: the declared type may be more exact than the recognized one. */
    private static final List<List<String>> SAME_BYTES = List.of(
            List.of("video/mp4", "audio/mp4", "video/quicktime", "video/3gpp", "audio/aac", "audio/x-m4a"),
            List.of("audio/ogg", "application/ogg", "audio/opus"),
            List.of("audio/mpeg", "audio/mp3"),
            List.of("application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"),
            List.of(
                    "application/zip",
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                    "application/vnd.openxmlformats-officedocument.presentationml.presentation"));

    private final String type;
    private final int offset;

    /** The expected bytes, each as a character below 256. */
    private final String bytes;

    private final int secondOffset;
    private final String secondBytes;

    MediaKind(String type, int offset, String bytes) {
        this(type, offset, bytes, 0, "");
    }

    MediaKind(String type, int offset, String bytes, int secondOffset, String secondBytes) {
        this.type = type;
        this.offset = offset;
        this.bytes = bytes;
        this.secondOffset = secondOffset;
        this.secondBytes = secondBytes;
    }

    /**
     * The media type of a file, by its first bytes.
     *
     * @param head the first {@link #HEAD} bytes of the file, fewer when it is shorter
     * @return a type without parameters; empty when it is not one that WhatsApp carries
     */
    public static Optional<String> typeOf(byte[] head) {
        return Arrays.stream(values())
                .filter(kind ->
                        matches(head, kind.offset, kind.bytes) && matches(head, kind.secondOffset, kind.secondBytes))
                .findFirst()
                .map(kind -> kind.type)
                .or(() -> isText(head) ? Optional.of(TEXT) : Optional.empty());
    }

    /** Whether the first bytes agree with the declared media type. Its parameters are ignored (RFC 9110, 8.3.1). */
    public static boolean isPlausible(String declared, byte[] head) {
        String type = declared.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return typeOf(head)
                .filter(recognized -> recognized.equals(type) || haveSameBytes(recognized, type))
                .isPresent();
    }

    /** Whether it is Ogg with another codec than Opus, whose first page names the codec (RFC 7845, 3). */
    static boolean isOggOfOtherCodec(byte[] head) {
        return matches(head, 0, OGG.bytes) && !matches(head, OPUS_AT, "OpusHead");
    }

    private static boolean haveSameBytes(String type, String other) {
        return SAME_BYTES.stream().anyMatch(types -> types.contains(type) && types.contains(other));
    }

    /**
     * Whether the bytes are UTF-8 text without control characters. The last character may be cut off. Markup is
     * rejected, because a browser would show it as a page.
     */
    private static boolean isText(byte[] head) {
        String text = new String(head, StandardCharsets.UTF_8).stripLeading();
        return !text.isEmpty()
                && !text.startsWith("<")
                && text.chars().noneMatch(c -> c < ' ' && "\t\r\n\f".indexOf(c) < 0)
                && text.indexOf('\ufffd', 0, Math.max(0, text.length() - 1)) < 0;
    }

    private static boolean matches(byte[] head, int offset, String bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            if (offset + i >= head.length || (head[offset + i] & 0xff) != bytes.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
