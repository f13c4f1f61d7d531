package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A request to the simulated LiveKit, whose names may be in snake_case or in camelCase. */
record LiveKitRequest(JsonNode json) {

    private static final Pattern NEXT_WORD = Pattern.compile("_([a-z])");

    JsonNode field(String snakeCase) {
        JsonNode field = json.path(snakeCase);
        return field.isMissingNode()
                ? json.path(NEXT_WORD.matcher(snakeCase).replaceAll(word -> word.group(1)
                        .toUpperCase(java.util.Locale.ROOT)))
                : field;
    }

    LiveKitRequest message(String name) {
        return new LiveKitRequest(field(name));
    }

    String text(String name) {
        return field(name).asText("");
    }

    boolean isTrue(String name) {
        return field(name).asBoolean();
    }

    List<String> texts(String name) {
        return field(name).valueStream().map(JsonNode::asText).toList();
    }

    Map<String, String> map(String name) {
        Map<String, String> map = new LinkedHashMap<>();
        field(name)
                .propertyStream()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
        return map;
    }

    /** A text that must be there. */
    String required(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            throw LiveKitError.invalid(name + " is required");
        }
        return text;
    }
}
