package dev.comuta.message.content;

import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What short texts of outgoing contents must have. A rule returns an objection that names the field, or null. */
final class TextRules {

    private static final Pattern LINE = Pattern.compile("[^\\p{Cc}\\p{Zl}\\p{Zp}]*");

    /** A picture, a flag or a key cap, with what modifies it (Unicode Technical Standard 51). */
    private static final Pattern EMOJI = Pattern.compile(
            "(?=\\p{IsExtended_Pictographic}|[\\x{1F1E6}-\\x{1F1FF}]{2}|[0-9#*]\\x{FE0F}?\\x{20E3})\\X");

    /** Units of UTF-16 in the longest emoji, with some to spare. */
    private static final int MAX_EMOJI = 40;

    private TextRules() {}

    /** {@return the first objection, or null when there is none} */
    static String first(String... objections) {
        return Stream.of(objections).filter(Objects::nonNull).findFirst().orElse(null);
    }

    /** One line of limited length; null is accepted. */
    static String line(String field, String text, int most) {
        if (text == null) {
            return null;
        }
        if (text.length() > most) {
            return field + " has at most " + most + " characters";
        }
        return LINE.matcher(text).matches() ? null : field + " must be one line without control characters";
    }

    /** One emoji; null and an empty text are accepted, because they remove a reaction. */
    static String emoji(String text) {
        boolean isOne = text == null
                || text.isEmpty()
                || (text.length() <= MAX_EMOJI && EMOJI.matcher(text).matches());
        return isOne ? null : "emoji must be one emoji";
    }

    /** Values that differ. */
    static <T> String distinct(String what, Stream<T> items, Function<T, String> value) {
        return items.map(value).filter(Objects::nonNull).collect(Collectors.groupingBy(text -> text)).values().stream()
                .filter(same -> same.size() > 1)
                .findFirst()
                .map(same -> what + " must differ: '" + same.getFirst() + "' occurs " + same.size() + " times")
                .orElse(null);
    }
}
