package dev.comuta.assistant.expression;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A segment of a path that contains an argument. Another server may decode it more than once, normalize it, or cut off
 * path parameters, so it is checked in every such form: it must not be empty, {@code .} or {@code ..}, and its argument
 * must have no slash.
 */
final class PathSegment {

    private static final int MAX_DECODINGS = 8;
    private static final int HEX = 16;

    /** Percent-encoded bytes, and the form of IIS for a character. */
    private static final Pattern ENCODED = Pattern.compile("%u([0-9a-fA-F]{4})|(?:%[0-9a-fA-F]{2})+");

    /** Overlong forms in UTF-8 of the dot, the slash and the backslash, which lenient decoders accept. */
    private static final Pattern OVERLONG =
            Pattern.compile("%c0%(2e|2f|5c|ae|af)|%c1%(9c|1c)|%e0%80%(ae|af)|%e0%81%(9c)", Pattern.CASE_INSENSITIVE);

    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Z}\\p{C}\\s]+");
    private static final Pattern SLASH = Pattern.compile("[/\\\\]");

    private PathSegment() {}

    /** Fails with {@link InvalidExpression} unless the argument can be a part of a segment. */
    static void requireValue(String name, String value) {
        String plain = plain(name, value);
        if (plain.isEmpty()) {
            throw new InvalidExpression("." + name, "must not be missing or empty in the path of the URL");
        }
        if (SLASH.matcher(plain).find()) {
            throw new InvalidExpression("." + name, "must not contain a slash in the path of the URL");
        }
    }

    /** Fails with {@link InvalidExpression} when the filled segment leads to another directory. */
    static void requireWhole(String name, String segment) {
        for (String part : SLASH.split(plain(name, segment), -1)) {
            String directory = part.contains(";") ? part.substring(0, part.indexOf(';')) : part;
            if (directory.isEmpty() || directory.equals(".") || directory.equals("..")) {
                throw new InvalidExpression("." + name, "must not be '.', '..' or empty in the path of the URL");
            }
        }
    }

    /** The text, decoded until nothing is encoded, in compatibility form, without spaces and invisible characters. */
    private static String plain(String name, String text) {
        String decoded = text;
        for (int i = 0; i <= MAX_DECODINGS; i++) {
            String next = Normalizer.normalize(decodedOnce(decoded), Normalizer.Form.NFKC);
            if (next.equals(decoded)) {
                return INVISIBLE.matcher(decoded).replaceAll("");
            }
            decoded = next;
        }
        throw new InvalidExpression("." + name, "must not be encoded so often in the path of the URL");
    }

    private static String decodedOnce(String text) {
        String shortest = OVERLONG.matcher(text).replaceAll(PathSegment::shortest);
        return ENCODED.matcher(shortest).replaceAll(code -> Matcher.quoteReplacement(decoded(code)));
    }

    private static String shortest(MatchResult code) {
        String last = code.group().substring(code.group().length() - 1).toLowerCase(Locale.ROOT);
        return switch (last) {
            case "e" -> ".";
            case "f" -> "/";
            default -> "%5c";
        };
    }

    private static String decoded(MatchResult code) {
        if (code.group(1) != null) {
            return String.valueOf((char) Integer.parseInt(code.group(1), HEX));
        }
        byte[] decoded = HexFormat.ofDelimiter("%").parseHex(code.group().substring(1));
        return new String(decoded, StandardCharsets.UTF_8);
    }
}
