package dev.comuta.provider.twilio;

import dev.comuta.channel.template.KnownTemplate;
import dev.comuta.channel.template.TemplateComponent;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.Outgoing;
import dev.comuta.platform.problem.PermanentFailure;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The variables of a template, which Twilio numbers through all its parts. */
final class TwilioVariables {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*(\\d{1,3})\\s*}}");

    private int last;

    /** A text whose variables, which each part numbers from one, continue the numbers of the parts before. */
    String numbered(String text) {
        if (text == null) {
            return null;
        }
        int before = last;
        String numbered = VARIABLE.matcher(text).replaceAll(found -> {
            int number = before + Integer.parseInt(found.group(1));
            last = Math.max(last, number);
            return "{{" + number + "}}";
        });
        return numbered;
    }

    /** Adds the samples of a numbered part. */
    static void putSamples(JsonObject variables, TemplateComponent part) {
        List<Integer> numbers = Stream.concat(
                        Stream.of(numbers(part.text())), part.buttons().stream().map(button -> numbers(button.url())))
                .flatMap(List::stream)
                .toList();
        for (int i = 0; i < Math.min(numbers.size(), part.samples().size()); i++) {
            variables.put(numbers.get(i).toString(), part.samples().get(i));
        }
    }

    /**
     * A template with its ContentSid as name, and its values in the order of Twilio's numbers. Without what is known of
     * it, it must be in this form already.
     *
     * @param known may be null
     */
    static Content form(Outgoing.Template template, KnownTemplate known) {
        if (known == null || known.providerId() == null) {
            return template;
        }
        Map<Integer, String> values = new TreeMap<>();
        known.components().forEach(part -> put(values, part, template));
        List<String> ordered = new ArrayList<>();
        for (int number = 1; number <= values.size(); number++) {
            if (!values.containsKey(number)) {
                throw new PermanentFailure("the variables of the template are not numbered from 1 on");
            }
            ordered.add(values.get(number));
        }
        return new Outgoing.Template(
                known.providerId(), template.language(), template.readableText(), null, ordered, null);
    }

    private static void put(Map<Integer, String> values, TemplateComponent part, Outgoing.Template template) {
        switch (part.type()) {
            case "HEADER" -> put(values, numbers(part.text()), header(template));
            case "BODY" -> put(values, numbers(part.text()), template.body());
            case "BUTTONS" -> {
                for (int i = 0; i < part.buttons().size(); i++) {
                    put(values, numbers(part.buttons().get(i).url()), button(template, i));
                }
            }
            default -> {}
        }
    }

    private static void put(Map<Integer, String> values, List<Integer> numbers, List<String> given) {
        for (int i = 0; i < Math.min(numbers.size(), given.size()); i++) {
            values.put(numbers.get(i), given.get(i));
        }
    }

    private static List<String> header(Outgoing.Template template) {
        return Optional.ofNullable(template.header()).map(Outgoing.Header::text).stream()
                .toList();
    }

    private static List<String> button(Outgoing.Template template, int index) {
        return template.buttons().stream()
                .filter(button -> button.index() == index)
                .map(Outgoing.ButtonValue::value)
                .toList();
    }

    /** The numbers of the variables in a text, each once, in ascending order, as their values are given. */
    private static List<Integer> numbers(String text) {
        return text == null
                ? List.of()
                : VARIABLE.matcher(text)
                        .results()
                        .map((MatchResult found) -> Integer.valueOf(found.group(1)))
                        .distinct()
                        .sorted()
                        .toList();
    }
}
