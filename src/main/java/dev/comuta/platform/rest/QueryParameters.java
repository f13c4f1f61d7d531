package dev.comuta.platform.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.platform.problem.Problem;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The query parameters of one operation, as the API description has them.
 *
 * @param values by name: the values of a closed set; empty for any value
 */
record QueryParameters(Map<String, Set<String>> values) {

    /** The parameters that the operation describes. */
    static QueryParameters of(JsonNode description, JsonNode operation) {
        Map<String, Set<String>> values = new TreeMap<>();
        for (JsonNode each : operation.path("parameters")) {
            JsonNode parameter = resolved(description, each);
            if ("query".equals(parameter.path("in").asText())) {
                values.put(parameter.path("name").asText(), closedSet(resolved(description, parameter.path("schema"))));
            }
        }
        return new QueryParameters(values);
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

    /** Fails with a problem that names the first unknown parameter, or the first value outside a closed set. */
    void require(Map<String, ? extends Iterable<String>> query) {
        new TreeMap<>(query).forEach((name, given) -> {
            Set<String> allowed = values.get(name);
            if (allowed == null) {
                String known = values.isEmpty() ? "none" : String.join(", ", values.keySet());
                throw Problem.invalid(name, "is not a query parameter of this operation; it has: " + known);
            }
            for (String value : given) {
                if (!allowed.isEmpty() && !allowed.contains(value)) {
                    throw Problem.invalid(name, "must be one of " + String.join(", ", allowed));
                }
            }
        });
    }
}
