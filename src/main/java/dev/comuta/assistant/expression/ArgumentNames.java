package dev.comuta.assistant.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The arguments that a JSON Schema of an object names, in its first {@link BoundedSchema#MAX_PARTS} parts. */
final class ArgumentNames {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> BRANCHES = List.of("anyOf", "oneOf", "dependentSchemas");
    private static final List<String> CONDITIONS = List.of("if", "then", "else");

    private final JsonNode root;
    private final Set<String> properties = new HashSet<>();
    private final Set<String> required = new HashSet<>();
    private int parts;

    private ArgumentNames(JsonNode root) {
        this.root = root;
    }

    /** The names in a schema, which need not be valid. */
    static ArgumentNames of(Map<String, ?> schema) {
        ArgumentNames names = new ArgumentNames(JSON.valueToTree(schema));
        names.read(names.root, true);
        return names;
    }

    /** The arguments that the schema describes, in whichever branch. */
    Set<String> properties() {
        return properties;
    }

    /** The arguments that all valid arguments contain. */
    Set<String> required() {
        return required;
    }

    /** @param always whether all arguments must match this part */
    private void read(JsonNode part, boolean always) {
        if (++parts > BoundedSchema.MAX_PARTS) {
            return;
        }
        part.path("properties").fieldNames().forEachRemaining(properties::add);
        if (always) {
            part.path("required").forEach(name -> required.add(name.asText()));
        }
        String reference = part.path("$ref").asText("");
        if (reference.startsWith("#/")) {
            read(target(reference.substring(1)), always);
        }
        part.path("allOf").forEach(each -> read(each, always));
        BRANCHES.forEach(key -> part.path(key).forEach(each -> read(each, false)));
        CONDITIONS.stream().filter(part::has).forEach(key -> read(part.path(key), false));
    }

    private JsonNode target(String pointer) {
        try {
            return root.at(pointer);
        } catch (IllegalArgumentException notAPointer) {
            return JSON.missingNode();
        }
    }
}
