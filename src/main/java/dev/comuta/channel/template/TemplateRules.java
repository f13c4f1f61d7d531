package dev.comuta.channel.template;

import dev.comuta.platform.problem.Problem;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the parts of a new template must have, so that WhatsApp accepts it for review. */
final class TemplateRules {

    private static final String BODY = "BODY";
    private static final String BUTTONS = "BUTTONS";

    /** Parts of which a template has at most one. */
    private static final List<String> ONCE = List.of("HEADER", BODY, "FOOTER", BUTTONS);

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*(\\w{1,60})\\s*}}");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,3}");
    private static final Pattern ADDRESS = Pattern.compile("https?://\\S+");

    private TemplateRules() {}

    /** Fails as invalid, with the path of the field, when a part is not as it must be. */
    static void require(List<TemplateComponent> components) {
        if (components.stream().noneMatch(part -> BODY.equals(part.type()) && part.text() != null)) {
            throw Problem.invalid("components", "must contain a part BODY with a text");
        }
        for (String type : ONCE) {
            if (components.stream().filter(part -> type.equals(part.type())).count() > 1) {
                throw Problem.invalid("components", "must contain at most one part " + type);
            }
        }
        for (int i = 0; i < components.size(); i++) {
            requirePart("components[" + i + "]", components.get(i));
        }
    }

    private static void requirePart(String path, TemplateComponent part) {
        Set<String> names = variables(part.text());
        if ("FOOTER".equals(part.type()) && !names.isEmpty()) {
            throw Problem.invalid(path + ".text", "has no variables in a FOOTER");
        }
        requireNoGap(path, names);
        if (part.samples().size() < names.size()) {
            throw Problem.invalid(
                    path + ".samples", "must have a sample of each of the " + names.size() + " variables");
        }
        if (BUTTONS.equals(part.type()) && part.buttons().isEmpty()) {
            throw Problem.invalid(path + ".buttons", "must not be empty");
        }
        for (int i = 0; i < part.buttons().size(); i++) {
            requireButton(path + ".buttons[" + i + "]", part.buttons().get(i));
        }
    }

    /** Numbered variables are 1, 2 and so on; others have names. */
    private static void requireNoGap(String path, Set<String> names) {
        Set<String> numbers =
                names.stream().filter(name -> NUMBER.matcher(name).matches()).collect(Collectors.toSet());
        IntStream.rangeClosed(1, numbers.size())
                .filter(number -> !numbers.contains(Integer.toString(number)))
                .findFirst()
                .ifPresent(gap -> {
                    throw Problem.invalid(
                            path + ".text", "must number its variables without gaps: {{" + gap + "}} is missing");
                });
    }

    private static void requireButton(String path, TemplateComponent.Action button) {
        boolean isLink = "URL".equals(button.type());
        if (isLink && (button.url() == null || !ADDRESS.matcher(button.url()).matches())) {
            throw Problem.invalid(path + ".url", "must be an address with http or https");
        }
        if ("PHONE_NUMBER".equals(button.type()) && button.phoneNumber() == null) {
            throw Problem.invalid(path + ".phoneNumber", "is required for a button PHONE_NUMBER");
        }
    }

    private static Set<String> variables(String text) {
        return text == null
                ? Set.of()
                : VARIABLE.matcher(text)
                        .results()
                        .map(found -> found.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
    }
}
