package dev.comuta.message.content;

import dev.comuta.platform.problem.Problem.Violation;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rules for short texts of outgoing contents. Each returns the violation of a field, or null when there is none. */
final class TextRules {

    private static final Pattern LINE = Pattern.compile("[^\\p{Cc}\\p{Zl}\\p{Zp}]*");

    /** A picture, a flag or a key cap, with what modifies it (Unicode Technical Standard 51). */
    private static final Pattern EMOJI = Pattern.compile(
            "(?=\\p{IsExtended_Pictographic}|[\\x{1F1E6}-\\x{1F1FF}]{2}|[0-9#*]\\x{FE0F}?\\x{20E3})\\X");

    /** Units of UTF-16 in the longest emoji, with some to spare. */
    private static final int MAX_EMOJI = 40;

    /** A text and the path of its field. */
    record Value(String field, String text) {}

    private TextRules() {}

    /** {@return the first violation, or null when there is none} */
    static Violation first(Violation... violations) {
        return first(Stream.of(violations));
    }

    /** {@return the first violation that is not null, or null when there is none} */
    static Violation first(Stream<Violation> violations) {
        return violations.filter(Objects::nonNull).findFirst().orElse(null);
    }

    /** {@return the first violation in a list, whose path ends with the position of its item, or null} */
    static <T> Violation each(String list, List<T> items, BiFunction<String, T, Violation> rule) {
        return first(IntStream.range(0, items.size())
                .mapToObj(position -> rule.apply(list + "[" + position + "]", items.get(position))));
    }

    /** A field that has no value. */
    static Violation required(String field) {
        return new Violation(field, "is required");
    }

    /** One line of limited length; null is accepted. */
    static Violation line(String field, String text, int most) {
        if (text == null) {
            return null;
        }
        if (text.length() > most) {
            return new Violation(field, "has at most " + most + " characters");
        }
        return LINE.matcher(text).matches()
                ? null
                : new Violation(field, "must be one line without control characters");
    }

    /** One emoji; null and an empty text are accepted, because they remove a reaction. */
    static Violation emoji(String field, String text) {
        boolean isOne = text == null
                || text.isEmpty()
                || (text.length() <= MAX_EMOJI && EMOJI.matcher(text).matches());
        return isOne ? null : new Violation(field, "must be one emoji");
    }

    /** Values that differ: the violation is of the first one that occurs earlier, too. */
    static Violation distinct(Stream<Value> values) {
        Set<String> seen = new HashSet<>();
        return first(values.filter(value -> value.text() != null && !seen.add(value.text()))
                .map(value -> new Violation(
                        value.field(), "must differ from the others: '" + value.text() + "' occurs twice")));
    }
}
