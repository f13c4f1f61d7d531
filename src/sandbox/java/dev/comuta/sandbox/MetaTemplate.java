package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A template of the account.
 *
 * @param components as Meta stores them: HEADER, BODY, FOOTER, BUTTONS
 * @param status PENDING, APPROVED, REJECTED, PAUSED or DISABLED
 * @param quality GREEN, YELLOW, RED or UNKNOWN
 */
record MetaTemplate(
        String id, String name, String language, String category, String status, String quality, JsonNode components) {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");

    MetaTemplate with(String newStatus, String newQuality) {
        return new MetaTemplate(id, name, language, category, newStatus, newQuality, components);
    }

    /** As the Graph API lists it. */
    Map<String, Object> listed() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.put("language", language);
        fields.put("status", status);
        fields.put("category", category);
        fields.put("id", id);
        fields.put("parameter_format", "POSITIONAL");
        fields.put("quality_score", Map.of("score", quality));
        fields.put("components", components);
        return fields;
    }

    /** The component of this type; missing when the template has none. */
    JsonNode component(String type) {
        for (JsonNode component : components) {
            if (component.path("type").asText().equalsIgnoreCase(type)) {
                return component;
            }
        }
        return components.path("none");
    }

    /** The number of different placeholders in a text. */
    static int placeholders(String text) {
        TreeSet<String> names = new TreeSet<>();
        Matcher matcher = VARIABLE.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names.size();
    }

    /** A text with the values of its numbered placeholders. */
    static String filled(String text, JsonNode parameters) {
        return VARIABLE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1).matches("\\d{1,3}")
                                ? parameters
                                        .path(Integer.parseInt(found.group(1)) - 1)
                                        .path("text")
                                        .asText()
                                : found.group()));
    }
}
