package dev.comuta.platform.http;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a body of another system. A byte order mark decides its encoding and is removed; then the {@code charset}
 * of the content type; then it is UTF-8 if it can be, else windows-1252. As in browsers, ISO-8859-1 means windows-1252.
 */
final class OutsideText {

    private static final Charset WESTERN = Charset.forName("windows-1252");
    private static final Set<String> NAMES_OF_WESTERN =
            Set.of("iso-8859-1", "iso8859-1", "iso88591", "latin1", "latin-1", "us-ascii", "ascii", "cp1252");
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*[\"']?([\\w.:+-]+)", Pattern.CASE_INSENSITIVE);

    /** The byte order mark as a character. */
    private static final String MARK = "\uFEFF";

    private OutsideText() {}

    /** @param contentType may be null */
    static String of(Buffer body, String contentType) {
        byte[] bytes = body.getBytes();
        String text = marked(bytes)
                .or(() -> named(contentType))
                .map(charset -> new String(bytes, charset))
                .orElseGet(() -> guessed(bytes));
        return text.startsWith(MARK) ? text.substring(MARK.length()) : text;
    }

    private static Optional<Charset> marked(byte[] bytes) {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return Optional.of(StandardCharsets.UTF_8);
        }
        if (startsWith(bytes, 0xFF, 0xFE)) {
            return Optional.of(StandardCharsets.UTF_16LE);
        }
        return startsWith(bytes, 0xFE, 0xFF) ? Optional.of(StandardCharsets.UTF_16BE) : Optional.empty();
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= bytes.length || Byte.toUnsignedInt(bytes[i]) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** Empty for an unknown name too. */
    private static Optional<Charset> named(String contentType) {
        Matcher charset = CHARSET.matcher(contentType == null ? "" : contentType);
        return charset.find() ? known(charset.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    private static Optional<Charset> known(String name) {
        try {
            return Optional.of(NAMES_OF_WESTERN.contains(name) ? WESTERN : Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Optional.empty();
        }
    }

    private static String guessed(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(bytes, WESTERN);
        }
    }
}
