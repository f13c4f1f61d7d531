package dev.comuta.platform.http;

import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.io.InputDecorator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/**
 * Makes JSON storable before it is parsed, values and field names alike: an escape of U+0000 or of an unpaired
 * surrogate becomes an escape of U+FFFD ({@link StorableText}), and in JSON of other systems a number that is stored with
 * too many digits becomes a text ({@link StorableNumber}). Other lengths do not change, so that positions in error
 * messages remain right. Input in UTF-8; the caller has limited its size.
 */
public final class StorableJson extends InputDecorator {

    private static final long serialVersionUID = 1L;
    private static final int ESCAPE = 6;
    private static final int HEX = 16;
    private static final byte[] REPLACEMENT = "\\ufffd".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] REPLACEMENT_IN_UTF_8 = "\uFFFD".getBytes(StandardCharsets.UTF_8);

    /** First byte of U+D000 to U+DFFF in UTF-8, and the least second byte of a surrogate. */
    private static final int SURROGATE_FIRST = 0xED;

    private static final int SURROGATE_SECOND = 0xA0;
    private static final int BYTE = 0xFF;

    private final boolean quotesLongNumbers;

    private StorableJson(boolean quotesLongNumbers) {
        this.quotesLongNumbers = quotesLongNumbers;
    }

    /** For bodies of the API, which are rejected for their numbers before, and for rows. */
    static StorableJson own() {
        return new StorableJson(false);
    }

    /** For JSON of other systems. */
    static StorableJson outside() {
        return new StorableJson(true);
    }

    @Override
    public InputStream decorate(IOContext context, InputStream in) throws IOException {
        byte[] json = in.readAllBytes();
        clean(json, 0, json.length);
        return new ByteArrayInputStream(numbered(json));
    }

    @Override
    public InputStream decorate(IOContext context, byte[] source, int offset, int length) {
        byte[] json = new byte[length];
        System.arraycopy(source, offset, json, 0, length);
        clean(json, 0, length);
        return new ByteArrayInputStream(numbered(json));
    }

    @Override
    public Reader decorate(IOContext context, Reader reader) throws IOException {
        StringWriter text = new StringWriter();
        reader.transferTo(text);
        byte[] json = StorableText.of(text.toString()).getBytes(StandardCharsets.UTF_8);
        clean(json, 0, json.length);
        return new StringReader(new String(numbered(json), StandardCharsets.UTF_8));
    }

    private byte[] numbered(byte[] json) {
        return quotesLongNumbers ? StorableNumber.quoteLong(json) : json;
    }

    private static void clean(byte[] json, int from, int to) {
        int at = from;
        while (at < to) {
            at += switch (json[at] & BYTE) {
                case '\\' -> cleanEscape(json, at, to);
                case SURROGATE_FIRST -> cleanSurrogate(json, at, to);
                default -> 1;
            };
        }
    }

    /** Returns the length of the escape, or of the pair of escapes, at this position. */
    private static int cleanEscape(byte[] json, int at, int to) {
        int character = escaped(json, at, to);
        if (character < 0) {
            return 2;
        }
        if (Character.isHighSurrogate((char) character) && isLowSurrogate(escaped(json, at + ESCAPE, to))) {
            return 2 * ESCAPE;
        }
        if (character == 0 || Character.isSurrogate((char) character)) {
            System.arraycopy(REPLACEMENT, 0, json, at, ESCAPE);
        }
        return ESCAPE;
    }

    private static boolean isLowSurrogate(int character) {
        return character >= 0 && Character.isLowSurrogate((char) character);
    }

    /** The character of an escape with four digits; -1 when there is none at this position. */
    private static int escaped(byte[] json, int at, int to) {
        if (at + ESCAPE > to || json[at] != '\\' || json[at + 1] != 'u') {
            return -1;
        }
        int character = 0;
        for (int i = at + 2; i < at + ESCAPE; i++) {
            int digit = Character.digit(json[i], HEX);
            if (digit < 0) {
                return -1;
            }
            character = character * HEX + digit;
        }
        return character;
    }

    /** A surrogate that is encoded alone, which is not UTF-8, but which JSON parsers accept. */
    private static int cleanSurrogate(byte[] json, int at, int to) {
        if (at + REPLACEMENT_IN_UTF_8.length <= to && (json[at + 1] & BYTE) >= SURROGATE_SECOND) {
            System.arraycopy(REPLACEMENT_IN_UTF_8, 0, json, at, REPLACEMENT_IN_UTF_8.length);
            return REPLACEMENT_IN_UTF_8.length;
        }
        return 1;
    }
}
