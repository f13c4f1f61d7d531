package dev.comuta.message.rule;

import dev.comuta.channel.template.KnownTemplate;
import dev.comuta.channel.template.TemplateComponent;
import dev.comuta.channel.template.TemplateVariables;
import dev.comuta.message.content.Outgoing;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares the values of a message with the variables of its template. */
final class TemplateValues {

    private static final String HEADER = "HEADER";
    private static final String BODY = "BODY";
    private static final String BUTTONS = "BUTTONS";

    private static final Set<String> READABLE = Set.of(HEADER, BODY, "FOOTER");
    private static final int MAX_BODY = 1_024;
    private static final Map<String, String> FILES =
            Map.of("IMAGE", "Imagem", "VIDEO", "Vídeo", "DOCUMENT", "Documento");

    /** A value that is missing or too much, with the path of its field. */
    record Fault(String field, String rule) {}

    private TemplateValues() {}

    /** The first fault of the values; null when they fit the template. */
    static Fault of(KnownTemplate template, Outgoing.Template values) {
        return template.components().stream()
                .map(part -> ofPart(part, values))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> unexpected(template, values));
    }

    private static Fault ofPart(TemplateComponent part, Outgoing.Template values) {
        return switch (part.type()) {
            case HEADER -> ofHeader(part, values.header());
            case BODY -> ofBody(part, values.body());
            case BUTTONS -> ofButtons(part.buttons(), values.buttons());
            default -> null;
        };
    }

    /** A value for a part that the template does not have, or that has no variable. */
    private static Fault unexpected(KnownTemplate template, Outgoing.Template values) {
        if (values.header() != null && parts(template, HEADER).noneMatch(TemplateValues::isVariable)) {
            return new Fault("content.header", "the template has no variable in its header");
        }
        if (!values.body().isEmpty() && parts(template, BODY).findAny().isEmpty()) {
            return new Fault("content.body[0]", "the template has no variables");
        }
        List<TemplateComponent.Action> buttons = parts(template, BUTTONS)
                .flatMap(part -> part.buttons().stream())
                .toList();
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < values.buttons().size(); i++) {
            Outgoing.ButtonValue value = values.buttons().get(i);
            if (!seen.add(value.index()) || !takes(buttons, value)) {
                return new Fault(
                        "content.buttons[" + i + "]",
                        "the template has no other button of type " + value.type() + " at position " + value.index()
                                + " that needs a value");
            }
        }
        return null;
    }

    private static boolean isVariable(TemplateComponent header) {
        return isFile(header) || !TemplateVariables.names(header.text()).isEmpty();
    }

    private static boolean isFile(TemplateComponent header) {
        return header.format() != null
                && !header.format().equals("TEXT")
                && !header.format().equals("LOCATION");
    }

    private static boolean takes(List<TemplateComponent.Action> buttons, Outgoing.ButtonValue value) {
        if (value.index() >= buttons.size()) {
            return false;
        }
        TemplateComponent.Action button = buttons.get(value.index());
        boolean isLink = value.opensAddress();
        return switch (button.type()) {
            case "URL" -> isLink && !TemplateVariables.names(button.url()).isEmpty();
            case "QUICK_REPLY" -> !isLink;
            case "PHONE_NUMBER" -> false;
            default -> true;
        };
    }

    private static Stream<TemplateComponent> parts(KnownTemplate template, String type) {
        return template.components().stream().filter(part -> type.equals(part.type()));
    }

    /** The text as the end user reads it: header, body and footer, with the values in place of the variables. */
    static String text(KnownTemplate template, Outgoing.Template values) {
        String heading = values.header() == null ? null : values.header().text();
        return template.components().stream()
                .filter(part -> part.text() != null && READABLE.contains(part.type()))
                .map(part -> filled(part.text(), BODY.equals(part.type()) ? values.body() : list(heading)))
                .collect(Collectors.joining("\n"));
    }

    private static List<String> list(String value) {
        return value == null ? List.of() : List.of(value);
    }

    /** A variable without a value stays as it is. */
    private static String filled(String text, List<String> values) {
        List<String> names = TemplateVariables.names(text);
        return TemplateVariables.filled(text, name -> {
            int index = names.indexOf(name);
            return index < values.size() ? values.get(index) : null;
        });
    }

    private static Fault ofHeader(TemplateComponent part, Outgoing.Header header) {
        String kind = part.format() == null ? null : FILES.get(part.format());
        if (kind != null) {
            boolean fits = header != null && header.file() != null && kind.equals(header.contentType());
            return fits ? null : new Fault("content.header.file", "the template needs a file of type " + kind);
        }
        List<String> names = TemplateVariables.names(part.text());
        boolean missing = !names.isEmpty() && (header == null || header.text() == null);
        return missing
                ? new Fault("content.header.text", "the variable {{" + names.getFirst() + "}} has no value")
                : null;
    }

    private static Fault ofBody(TemplateComponent part, List<String> values) {
        List<String> names = TemplateVariables.names(part.text());
        if (values.size() < names.size()) {
            return new Fault(
                    "content.body[" + values.size() + "]",
                    "the variable {{" + names.get(values.size()) + "}} has no value");
        }
        if (values.size() > names.size()) {
            return new Fault(
                    "content.body[" + names.size() + "]", "the template has only " + names.size() + " variables");
        }
        return part.text() != null && filled(part.text(), values).length() > MAX_BODY
                ? new Fault("content.body", "the body has more than " + MAX_BODY + " characters with these values")
                : null;
    }

    private static Fault ofButtons(List<TemplateComponent.Action> buttons, List<Outgoing.ButtonValue> values) {
        for (int i = 0; i < buttons.size(); i++) {
            int index = i;
            List<String> names = TemplateVariables.names(buttons.get(i).url());
            if (!names.isEmpty() && values.stream().noneMatch(value -> value.index() == index)) {
                return new Fault(
                        "content.buttons",
                        "the variable {{" + names.getFirst() + "}} of button " + index + " has no value");
            }
        }
        return null;
    }
}
