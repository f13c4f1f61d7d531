package dev.comuta.platform.problem;

import java.util.List;
import java.util.regex.Pattern;

/** The words that a constraint {@code @Pattern("A|B")} accepts. */
public final class ClosedSet {

    private static final Pattern WORDS = Pattern.compile("[\\p{L}\\d _-]+(\\|[\\p{L}\\d _-]+)*");

    private ClosedSet() {}

    /** {@return the words; empty when the expression is no list of words} */
    public static List<String> of(String expression) {
        return expression != null && WORDS.matcher(expression).matches()
                ? List.of(expression.split("\\|", -1))
                : List.of();
    }
}
