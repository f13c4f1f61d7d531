package dev.comuta.platform.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers in JSON whose plain form is short. PostgreSQL stores numbers in plain form, so that {@code 1e300} would become
 * a number of 301 digits in every row, response and export that contains it.
 */
public final class StorableNumber {

    /** The most digits that a number has when it is written without an exponent. */
    public static final int MAX_DIGITS = 40;

    private static final Pattern LITERAL =
            Pattern.compile("-?(0|[1-9][0-9]*+)(?:\\.([0-9]++))?+(?:[eE]([+-]?[0-9]++))?+");

    /** More digits than this in an exponent are leading zeros or exceed every limit. */
    private static final int LONGEST_EXPONENT = 6;

    private StorableNumber() {}

    /** Whether a number of JSON, as it is written there, has a short plain form. */
    public static boolean isShort(String literal) {
        Matcher parts = LITERAL.matcher(literal);
        return !parts.matches() || isShort(parts);
    }

    private static boolean isShort(Matcher parts) {
        String exponent = parts.group(3);
        if (exponent != null && exponent.length() > LONGEST_EXPONENT) {
            return false;
        }
        int shift = exponent == null ? 0 : Integer.parseInt(exponent);
        int fraction = parts.group(2) == null ? 0 : parts.group(2).length();
        int before = Math.max(1, parts.group(1).length() + shift);
        int after = Math.max(0, fraction - shift);
        return before + after <= MAX_DIGITS;
    }

    /** The same JSON in UTF-8, in which every number with a long plain form is a text; the same array without one. */
    static byte[] quoteLong(byte[] json) {
        ByteArrayOutputStream quoted = null;
        int copied = 0;
        int at = 0;
        while (at < json.length) {
            int end = endOfToken(json, at);
            if (isNumber(json[at]) && !isShort(new String(json, at, end - at, StandardCharsets.US_ASCII))) {
                quoted = quoted == null ? new ByteArrayOutputStream(json.length + 2) : quoted;
                quoted.write(json, copied, at - copied);
                quoted.write('"');
                quoted.write(json, at, end - at);
                quoted.write('"');
                copied = end;
            }
            at = end;
        }
        if (quoted == null) {
            return json;
        }
        quoted.write(json, copied, json.length - copied);
        return quoted.toByteArray();
    }

    /** The end of the string, the number or the other byte at this position. */
    private static int endOfToken(byte[] json, int at) {
        if (json[at] == '"') {
            return endOfString(json, at + 1);
        }
        int end = at + 1;
        while (isNumber(json[at]) && end < json.length && isInNumber(json[end])) {
            end++;
        }
        return end;
    }

    private static int endOfString(byte[] json, int from) {
        int end = from;
        while (end < json.length && json[end] != '"') {
            end += json[end] == '\\' ? 2 : 1;
        }
        return Math.min(end + 1, json.length);
    }

    private static boolean isNumber(byte first) {
        return first == '-' || (first >= '0' && first <= '9');
    }

    private static boolean isInNumber(byte next) {
        return isNumber(next) || next == '+' || next == '.' || next == 'e' || next == 'E';
    }
}
