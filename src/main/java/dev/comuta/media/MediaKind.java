package dev.comuta.media;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a file is by its first bytes: the types that WhatsApp carries (Meta, "Supported media types"). The type that a
 * sender declares is a claim; a page or a program under the name of a picture is refused by this.
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

    /** Bytes of a file that are enough to know it by. */
    public static final int HEAD = 64;

    private static final String TEXT = "text/plain";

    /** Words that share their container's first bytes: what is declared may be more exact than what can be seen. */
    private static final List<List<String>> ALIKE = List.of(
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

    /** Written as characters below 256. */
    private final String bytes;

    private final int andOffset;
    private final String andBytes;

    MediaKind(String type, int offset, String bytes) {
        this(type, offset, bytes, 0, "");
    }

    MediaKind(String type, int offset, String bytes, int andOffset, String andBytes) {
        this.type = type;
        this.offset = offset;
        this.bytes = bytes;
        this.andOffset = andOffset;
        this.andBytes = andBytes;
    }

    /**
     * The type that the bytes show.
     *
     * @param head the first {@link #HEAD} bytes of the file, fewer when it is shorter
     * @return a media type without parameters; empty when it is none of those that WhatsApp carries
     */
    public static Optional<String> typeOf(byte[] head) {
        return Arrays.stream(values())
                .filter(kind -> stands(head, kind.offset, kind.bytes) && stands(head, kind.andOffset, kind.andBytes))
                .findFirst()
                .map(kind -> kind.type)
                .or(() -> isText(head) ? Optional.of(TEXT) : Optional.empty());
    }

    /** Whether a file may be what its sender declares it to be, with or without parameters (RFC 9110, 8.3.1). */
    public static boolean isPlausible(String declared, byte[] head) {
        String wanted = declared.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return typeOf(head)
                .filter(seen -> seen.equals(wanted) || areAlike(seen, wanted))
                .isPresent();
    }

    private static boolean areAlike(String seen, String wanted) {
        return ALIKE.stream().anyMatch(types -> types.contains(seen) && types.contains(wanted));
    }

    /** UTF-8 without control characters that is no markup: a browser would take that for a page. */
    private static boolean isText(byte[] head) {
        String text = new String(head, StandardCharsets.UTF_8).stripLeading();
        return !text.isEmpty()
                && !text.startsWith("<")
                && text.chars().noneMatch(c -> c < ' ' && "\t\r\n\f".indexOf(c) < 0)
                && text.indexOf('\ufffd', 0, Math.max(0, text.length() - 1)) < 0;
    }

    private static boolean stands(byte[] head, int offset, String bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            if (offset + i >= head.length || (head[offset + i] & 0xff) != bytes.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
