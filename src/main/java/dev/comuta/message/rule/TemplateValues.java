package dev.comuta.message.rule;

import dev.comuta.channel.template.KnownTemplate;
import dev.comuta.channel.template.TemplateComponent;
import dev.comuta.message.content.Outgoing;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Compares the values of a message with the variables of its template. */
final class TemplateValues {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*(\\w{1,60})\\s*}}");

    private static final Map<String, String> FILES =
            Map.of("IMAGE", "Imagem", "VIDEO", "Vídeo", "DOCUMENT", "Documento");

    /** A value that is missing or too much, with the path of its field. */
    record Fault(String field, String rule) {}

    private TemplateValues() {}

    /** The first fault of the values; null when they fit the template. */
    static Fault of(KnownTemplate template, Outgoing.Template values) {
        for (TemplateComponent part : template.components()) {
            Fault fault =
                    switch (part.type()) {
                        case "HEADER" -> ofHeader(part, values.header());
                        case "BODY" -> ofBody(part, values.body());
                        case "BUTTONS" -> ofButtons(part.buttons(), values.buttons());
                        default -> null;
                    };
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    /** The text as the end user reads it: header, body and footer, with the values in place of the variables. */
    static String text(KnownTemplate template, Outgoing.Template values) {
        String heading = values.header() == null ? null : values.header().text();
        return template.components().stream()
                .filter(part -> part.text() != null)
                .map(part -> filled(part.text(), "BODY".equals(part.type()) ? values.body() : list(heading)))
                .collect(Collectors.joining("\n"));
    }

    private static List<String> list(String value) {
        return value == null ? List.of() : List.of(value);
    }

    /** A variable without a value stays as it is. */
    private static String filled(String text, List<String> values) {
        List<String> names = variables(text);
        return VARIABLE.matcher(text).replaceAll(found -> {
            int index = names.indexOf(found.group(1));
            return Matcher.quoteReplacement(index < values.size() ? values.get(index) : found.group());
        });
    }

    private static Fault ofHeader(TemplateComponent part, Outgoing.Header header) {
        String kind = part.format() == null ? null : FILES.get(part.format());
        if (kind != null) {
            boolean fits = header != null && header.file() != null && kind.equals(header.contentType());
            return fits ? null : new Fault("content.header.file", "the template needs a file of type " + kind);
        }
        List<String> names = variables(part.text());
        boolean missing = !names.isEmpty() && (header == null || header.text() == null);
        return missing
                ? new Fault("content.header.text", "the variable {{" + names.getFirst() + "}} has no value")
                : null;
    }

    private static Fault ofBody(TemplateComponent part, List<String> values) {
        List<String> names = variables(part.text());
        if (values.size() < names.size()) {
            return new Fault(
                    "content.body[" + values.size() + "]",
                    "the variable {{" + names.get(values.size()) + "}} has no value");
        }
        return values.size() > names.size()
                ? new Fault(
                        "content.body[" + names.size() + "]", "the template has only " + names.size() + " variables")
                : null;
    }

    private static Fault ofButtons(List<TemplateComponent.Action> buttons, List<Outgoing.ButtonValue> values) {
        for (int i = 0; i < buttons.size(); i++) {
            int index = i;
            List<String> names = variables(buttons.get(i).url());
            if (!names.isEmpty() && values.stream().noneMatch(value -> value.index() == index)) {
                return new Fault(
                        "content.buttons",
                        "the variable {{" + names.getFirst() + "}} of button " + index + " has no value");
            }
        }
        return null;
    }

    /** The names of the variables in a text, each once, in the order of their numbers or else of the text. */
    private static List<String> variables(String text) {
        return text == null
                ? List.of()
                : VARIABLE.matcher(text)
                        .results()
                        .map(found -> found.group(1))
                        .distinct()
                        .toList();
    }
}
