package dev.comuta.media;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The kinds of files that WhatsApp carries (Meta, "Supported media types") and of recordings of calls, recognized by their first bytes. The type
 * that a sender declares is only a claim: the bytes expose a web page or a program that is declared as a picture.
 */
public enum MediaKind {
    JPEG("image/jpeg", 0, "\u00ff\u00d8\u00ff"),
    PNG("image/png", 0, "\u0089PNG\r\n\u001a\n"),
    WEBP("image/webp", 0, "RIFF", 8, "WEBP"),
    WAV("audio/wav", 0, "RIFF", 8, "WAVE"),
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

    /** Types of documents that are ZIP files, separated by spaces. */
    static final String OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document "
            + "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet "
            + "application/vnd.openxmlformats-officedocument.presentationml.presentation";

    private static final String TEXT = "text/plain";

    /** Place of the name of the first file in a ZIP file. */
    private static final int ZIP_NAME = 30;

    /** Folders and files with which documents begin. */
    private static final List<String> OFFICE_NAMES = List.of(
            "[Content_Types].xml", "_rels/", "docProps/", "customXml/", "mimetype", "theme/", "word/", "xl/", "ppt/");

    /** Programs of Windows, Linux, macOS, Java and Android, scripts, WebAssembly, and shortcuts of Windows. */
    private static final List<String> PROGRAMS = List.of(
            "MZ",
            "\u007fELF",
            "\u00fe\u00ed\u00fa\u00ce",
            "\u00fe\u00ed\u00fa\u00cf",
            "\u00ce\u00fa\u00ed\u00fe",
            "\u00cf\u00fa\u00ed\u00fe",
            "\u00ca\u00fe\u00ba\u00be",
            "dex\n",
            "#!",
            "\u0000asm",
            "L\u0000\u0000\u0000\u0001\u0014\u0002\u0000");

    /** Files with which Java and Android programs begin. */
    private static final List<String> PROGRAM_NAMES = List.of("META-INF/", "AndroidManifest.xml", "classes.dex");

    private static final Pattern PAGE = Pattern.compile(
            "[\\s\\ufeff]*(<\\?xml[^>]*>\\s*)?(<!--.*|<!doctype\\s+(html|svg).*|<(html|head|body|script|svg|iframe)\\b.*)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Place of the first packet in an Ogg file whose first page has that packet only. */
    private static final int OPUS_AT = 28;

    /** Types whose files begin with the same bytes: the declared type may be more exact than the recognized one. */
    private static final List<List<String>> SAME_BYTES = List.of(
            List.of("video/mp4", "audio/mp4", "video/quicktime", "video/3gpp", "audio/aac", "audio/x-m4a"),
            List.of("audio/ogg", "application/ogg", "audio/opus"),
            List.of("audio/mpeg", "audio/mp3"),
            List.of("audio/wav", "audio/x-wav", "audio/wave"),
            List.of("application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"),
            List.of(("application/zip " + OFFICE).split(" ", -1)));

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
                .filter(recognized -> !OFFICE.contains(type) || beginsWithFile(head, OFFICE_NAMES))
                .isPresent();
    }

    /** Whether it is a program, a web page or an SVG picture, which run when they are opened. */
    static boolean isActive(byte[] head) {
        boolean isProgram =
                PROGRAMS.stream().anyMatch(start -> matches(head, 0, start)) && !matches(head, 0, AMR.bytes);
        return isProgram
                || beginsWithFile(head, PROGRAM_NAMES)
                || PAGE.matcher(new String(head, StandardCharsets.UTF_8)).matches();
    }

    private static boolean beginsWithFile(byte[] head, List<String> names) {
        return matches(head, 0, ZIP.bytes) && names.stream().anyMatch(name -> matches(head, ZIP_NAME, name));
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
        String text =
                new String(head, StandardCharsets.UTF_8).replace("\ufeff", "").stripLeading();
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
