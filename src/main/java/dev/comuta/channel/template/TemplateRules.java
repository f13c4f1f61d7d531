package dev.comuta.channel.template;

import dev.comuta.platform.problem.Problem;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The rules of WhatsApp for the parts of a new template. WhatsApp reviews no template that breaks one. */
final class TemplateRules {

    private static final String HEADER = "HEADER";
    private static final String BODY = "BODY";
    private static final String FOOTER = "FOOTER";
    private static final String BUTTONS = "BUTTONS";

    /** Parts of which a template has at most one, and no others. */
    private static final List<String> PARTS = List.of(HEADER, BODY, FOOTER, BUTTONS);

    private static final List<String> FORMATS = List.of("TEXT", "IMAGE", "VIDEO", "DOCUMENT", "LOCATION");

    /** Formats of a header with a sample file. */
    private static final Set<String> FILES = Set.of("IMAGE", "VIDEO", "DOCUMENT");

    private static final int MAX_LINE = 60;
    private static final int MAX_BUTTON = 25;

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,3}");
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s{}]+(\\{\\{\\s*\\w{1,60}\\s*}})?");

    private TemplateRules() {}

    /** Fails as invalid, with the path of the field, when a part is not as it must be. */
    static void require(List<TemplateComponent> components) {
        for (int i = 0; i < components.size(); i++) {
            check(
                    PARTS.contains(components.get(i).type()),
                    "components[" + i + "].type",
                    "must be one of " + String.join(", ", PARTS));
        }
        for (String type : PARTS) {
            long count =
                    components.stream().filter(part -> type.equals(part.type())).count();
            check(count <= 1, "components", "must contain at most one part " + type);
        }
        check(
                components.stream().anyMatch(part -> BODY.equals(part.type()) && hasText(part)),
                "components",
                "must contain a part BODY with a text");
        for (int i = 0; i < components.size(); i++) {
            requirePart("components[" + i + "]", components.get(i));
        }
    }

    private static void requirePart(String path, TemplateComponent part) {
        switch (part.type()) {
            case HEADER -> requireHeader(path, part);
            case FOOTER -> requireFooter(path, part);
            case BUTTONS -> check(!part.buttons().isEmpty(), path + ".buttons", "must not be empty");
            default -> {}
        }
        requireNoGap(path, TemplateVariables.names(part.text()));
        for (int i = 0; i < part.buttons().size(); i++) {
            requireButton(path + ".buttons[" + i + "]", part.buttons().get(i));
        }
        int samples = samples(part);
        check(
                part.samples().size() == samples,
                path + ".samples",
                samples == 0 ? "must be empty" : "must have " + samples + ": one of each variable or file");
    }

    private static void requireHeader(String path, TemplateComponent part) {
        check(
                part.format() == null || FORMATS.contains(part.format()),
                path + ".format",
                "must be one of " + String.join(", ", FORMATS));
        boolean isText = part.format() == null || "TEXT".equals(part.format());
        check(isText == hasText(part), path + ".text", isText ? "is required" : "must be null for a file or a place");
        requireLine(path, part);
        check(TemplateVariables.names(part.text()).size() <= 1, path + ".text", "has at most one variable in a HEADER");
    }

    private static void requireFooter(String path, TemplateComponent part) {
        check(hasText(part), path + ".text", "is required");
        requireLine(path, part);
        check(TemplateVariables.names(part.text()).isEmpty(), path + ".text", "has no variables in a FOOTER");
    }

    private static void requireLine(String path, TemplateComponent part) {
        check(
                part.text() == null || part.text().length() <= MAX_LINE,
                path + ".text",
                "has at most " + MAX_LINE + " characters");
    }

    /** A file of the header, and each variable of a text or of the address of a button, has a sample. */
    private static int samples(TemplateComponent part) {
        return switch (part.type()) {
            case HEADER ->
                part.format() != null && FILES.contains(part.format())
                        ? 1
                        : TemplateVariables.names(part.text()).size();
            case BUTTONS ->
                part.buttons().stream()
                        .mapToInt(
                                button -> TemplateVariables.names(button.url()).size())
                        .sum();
            default -> TemplateVariables.names(part.text()).size();
        };
    }

    /** Numbered variables are 1, 2 and so on; others have names. */
    private static void requireNoGap(String path, List<String> names) {
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
        check(button.text().length() <= MAX_BUTTON, path + ".text", "has at most " + MAX_BUTTON + " characters");
        boolean isLink = "URL".equals(button.type());
        check(
                !isLink
                        || (button.url() != null
                                && ADDRESS.matcher(button.url()).matches()),
                path + ".url",
                "must be an address with http or https, with at most one variable at its end");
        check(
                !"PHONE_NUMBER".equals(button.type()) || button.phoneNumber() != null,
                path + ".phoneNumber",
                "is required for a button PHONE_NUMBER");
    }

    private static void check(boolean isRight, String path, String rule) {
        if (!isRight) {
            throw Problem.invalid(path, rule);
        }
    }

    private static boolean hasText(TemplateComponent part) {
        return part.text() != null && !part.text().isBlank();
    }
}
