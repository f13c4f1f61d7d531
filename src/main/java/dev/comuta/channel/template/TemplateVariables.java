package dev.comuta.channel.template;

import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables in a text of a template, such as {@code {{1}}}. */
public final class TemplateVariables {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*(\\w{1,60})\\s*}}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");

    private TemplateVariables() {}

    /** The names of the variables, each once, in the order of their numbers or else of the text; none for null. */
    public static List<String> names(String text) {
        if (text == null) {
            return List.of();
        }
        List<String> names = VARIABLE.matcher(text)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        return names.stream().allMatch(name -> NUMBER.matcher(name).matches())
                ? names.stream()
                        .sorted(Comparator.comparingInt(Integer::parseInt))
                        .toList()
                : names;
    }

    /** The text with values; a variable whose value is null stays as it is. */
    public static String filled(String text, UnaryOperator<String> valueOf) {
        return VARIABLE.matcher(text).replaceAll(found -> {
            String value = valueOf.apply(found.group(1));
            return Matcher.quoteReplacement(value == null ? found.group() : value);
        });
    }
}
