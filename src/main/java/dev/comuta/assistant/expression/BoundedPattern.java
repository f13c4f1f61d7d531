package dev.comuta.assistant.expression;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A regular expression in RE2 syntax. Its search takes time linear in the text; this class bounds the factor, and the
 * memory of the compiled expression.
 */
public final class BoundedPattern {

    static final int MAX_LENGTH = 500;
    static final int MAX_SIZE = 2_000;

    /** Bound of length times repetitions: the most that one compilation may expand. */
    private static final long MAX_EXPANSION = 100_000;

    private static final int MAX_CACHED_SIZE = 500_000;

    private static final java.util.regex.Pattern COUNT =
            java.util.regex.Pattern.compile("(\\)?)\\{(\\d{1,9})(?:,(\\d{0,9}))?}");

    private static final Cache<Source, Pattern> COMPILED = Caffeine.newBuilder()
            .maximumWeight(MAX_CACHED_SIZE)
            .weigher((Source source, Pattern pattern) -> pattern.programSize())
            .build();

    private final Pattern pattern;

    private BoundedPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    private record Source(String expression, boolean ignoresCase) {}

    /** Reads an expression; fails with {@link InvalidExpression}. */
    public static BoundedPattern of(String expression, boolean ignoresCase) {
        Evaluation.requireOffEventLoop();
        if (expression.length() > MAX_LENGTH) {
            throw new InvalidExpression("must have at most " + MAX_LENGTH + " characters");
        }
        return new BoundedPattern(COMPILED.get(new Source(expression, ignoresCase), BoundedPattern::compile));
    }

    private static Pattern compile(Source source) {
        try {
            if (source.expression().length() * repetitions(source.expression()) <= MAX_EXPANSION) {
                Pattern pattern =
                        Pattern.compile(source.expression(), source.ignoresCase() ? Pattern.CASE_INSENSITIVE : 0);
                if (pattern.programSize() <= MAX_SIZE) {
                    return pattern;
                }
            }
        } catch (PatternSyntaxException notAnExpression) {
            throw new InvalidExpression("is not an RE2 expression");
        }
        throw new InvalidExpression("repeats too much");
    }

    /**
     * An upper bound of the copies of one character that the counts of the expression demand. Only the counts of groups
     * can be nested.
     */
    private static double repetitions(String expression) {
        double ofGroups = 1;
        double ofCharacters = 1;
        java.util.regex.Matcher counts = COUNT.matcher(expression);
        while (counts.find()) {
            double count = Math.max(1, Math.max(number(counts.group(2)), number(counts.group(3))));
            if (counts.group(1).isEmpty()) {
                ofCharacters = Math.max(ofCharacters, count);
            } else {
                ofGroups *= count;
            }
        }
        return ofGroups * ofCharacters;
    }

    private static int number(String digits) {
        return digits == null || digits.isEmpty() ? 1 : Integer.parseInt(digits);
    }

    /** The number of instructions, which bounds the work for one character of a text. */
    public int size() {
        return pattern.programSize();
    }

    /** Searches {@code text}; the search counts its {@link Steps}. */
    public Matcher matcher(String text) {
        Evaluation.requireOffEventLoop();
        return pattern.matcher(new CountedText(text, size()));
    }
}
