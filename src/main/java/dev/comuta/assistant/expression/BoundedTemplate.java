package dev.comuta.assistant.expression;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A text with placeholders {@code {name}}. They are replaced in one pass: a value is never read as a template. */
public final class BoundedTemplate {

    /** Longest template. */
    public static final int MAX_LENGTH = 4_096;

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

    private BoundedTemplate() {}

    /** The names of the placeholders, in their order. */
    public static SequencedSet<String> names(String template) {
        return PLACEHOLDER
                .matcher(template)
                .results()
                .map(placeholder -> placeholder.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * The text with the value of each placeholder. A placeholder without a value remains.
     *
     * @param values the value of a name; null when it has none
     * @param limit most characters of the result, whose rest is cut off
     */
    public static String fill(String template, Function<String, String> values, int limit) {
        StringBuilder text = new StringBuilder();
        Matcher placeholder = PLACEHOLDER.matcher(template);
        int end = 0;
        while (text.length() <= limit && placeholder.find()) {
            String value = values.apply(placeholder.group(1));
            text.append(template, end, placeholder.start()).append(value == null ? placeholder.group() : value);
            end = placeholder.end();
        }
        return cut(text.append(template, end, template.length()), limit);
    }

    private static String cut(StringBuilder text, int limit) {
        if (text.length() <= limit) {
            return text.toString();
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
    }
}
