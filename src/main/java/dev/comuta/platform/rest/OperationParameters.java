package dev.comuta.platform.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.platform.http.StorableText;
import dev.comuta.platform.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The parameters and media types of one operation, as the API description has them.
 *
 * @param query by name: the values of a closed set; empty for any value
 * @param headers the names
 * @param ids names of the numbers in the path
 * @param mediaTypes of the body; empty without a body
 */
record OperationParameters(
        Map<String, Set<String>> query, Set<String> headers, Set<String> ids, Set<String> mediaTypes) {

    /** The parameters of what the description does not have. */
    static final OperationParameters NONE = new OperationParameters(Map.of(), Set.of(), Set.of(), Set.of());

    private static final Pattern ID = Pattern.compile("-?[0-9]{1,20}");

    /** The parameters that the operation describes. */
    static OperationParameters of(JsonNode description, JsonNode operation) {
        Map<String, Set<String>> query = new TreeMap<>();
        Set<String> headers = new TreeSet<>();
        Set<String> ids = new TreeSet<>();
        for (JsonNode each : operation.path("parameters")) {
            JsonNode parameter = resolved(description, each);
            JsonNode schema = resolved(description, parameter.path("schema"));
            String name = parameter.path("name").asText();
            switch (parameter.path("in").asText()) {
                case "query" -> query.put(name, closedSet(schema));
                case "header" -> headers.add(name);
                case "path" -> addId(ids, name, schema);
                default -> {}
            }
        }
        Set<String> mediaTypes = new TreeSet<>();
        operation.path("requestBody").path("content").fieldNames().forEachRemaining(mediaTypes::add);
        return new OperationParameters(query, headers, ids, mediaTypes);
    }

    private static void addId(Set<String> ids, String name, JsonNode schema) {
        if ("integer".equals(schema.path("type").asText())) {
            ids.add(name);
        }
    }

    private static Set<String> closedSet(JsonNode schema) {
        Set<String> values = new TreeSet<>();
        schema.path("enum").forEach(value -> values.add(value.asText()));
        return values;
    }

    private static JsonNode resolved(JsonNode description, JsonNode node) {
        String reference = node.path("$ref").asText("");
        return reference.isEmpty() ? node : description.at(reference.substring(1));
    }

    /**
     * Fails with a problem that names the first query parameter that is unknown, repeated, empty, or outside its closed
     * set.
     */
    void requireQuery(Map<String, List<String>> given) {
        new TreeMap<>(given).forEach((name, values) -> {
            Set<String> allowed = query.get(name);
            if (allowed == null) {
                String known = query.isEmpty() ? "none" : String.join(", ", query.keySet());
                throw Problem.invalid(name, "is not a query parameter of this operation; it has: " + known);
            }
            if (values.size() > 1) {
                throw Problem.invalid(name, "must be given once");
            }
            if (values.isEmpty() || values.getFirst().isEmpty()) {
                throw Problem.invalid(name, "must not be empty: leave the parameter out or give it a value");
            }
            if (!values.stream().allMatch(StorableText::isStorable)) {
                throw Problem.invalid(name, "contains a character that cannot be stored");
            }
            if (!allowed.isEmpty() && !allowed.containsAll(values)) {
                throw Problem.invalid(name, "must be one of " + String.join(", ", allowed));
            }
        });
    }

    /** Fails with a problem that names the first header that is blank or repeated. */
    void requireHeaders(Map<String, List<String>> given) {
        for (String name : headers) {
            List<String> values = given.getOrDefault(name, List.of());
            if (values.size() > 1) {
                throw Problem.invalid(name, "must be sent once");
            }
            if (!values.isEmpty() && values.getFirst().isBlank()) {
                throw Problem.invalid(name, "must not be empty: leave the header out or give it a value");
            }
        }
    }

    /** Fails with a problem that names the first id in the path that is not a number in ASCII digits. */
    void requireIds(Map<String, List<String>> given) {
        for (String name : ids) {
            if (!given.getOrDefault(name, List.of()).stream()
                    .allMatch(id -> ID.matcher(id).matches())) {
                throw Problem.invalid(name, "must be a number in the digits 0 to 9");
            }
        }
    }
}
