package dev.comuta.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.ArrayList;
import java.util.List;

/** Invalid bodies: fixed ones, and an example in which one field has a wrong type, is too long, or is unknown. */
final class WrongBodies {

    private static final String LONG = "ã".repeat(60_000);
    private static final List<String> FIXED =
            List.of("", "{}", "[]", "null", "7", "\"text\"", "{", "{\"unknownField\":1}", "[[[[{}]]]]", "\u0000");
    private static final List<String> WRONG_VALUES =
            List.of("{\"x\":[]}", "[1]", "7", "true", "null", "\"\"", "\"\\u0000\"", "\"" + LONG + "\"");

    private final ObjectNode example;
    private final List<String> bodies = new ArrayList<>(FIXED);

    private WrongBodies(ObjectNode example) {
        this.example = example;
    }

    /** All invalid bodies; without an example only the fixed ones. */
    static List<String> of(ObjectNode example) {
        WrongBodies wrong = new WrongBodies(example);
        if (example != null) {
            wrong.change(example);
        }
        return wrong.bodies;
    }

    private void change(JsonNode part) {
        switch (part) {
            case ObjectNode object -> {
                List.copyOf(object.properties()).forEach(field -> {
                    WRONG_VALUES.forEach(value -> put(object, field.getKey(), value));
                    object.set(field.getKey(), field.getValue());
                    change(field.getValue());
                });
                put(object, "campoDesconhecido", "1");
                object.remove("campoDesconhecido");
            }
            case ArrayNode array -> array.forEach(this::change);
            default -> {}
        }
    }

    private void put(ObjectNode object, String field, String value) {
        object.putRawValue(field, new RawValue(value));
        bodies.add(example.toString());
    }
}
