package dev.comuta.sandbox.voice;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A form whose fields may be repeated. */
record Forms(Map<String, List<String>> fields) {

    static Forms read(String body) {
        Map<String, List<String>> fields = new HashMap<>();
        for (String field : body.split("&", -1)) {
            String[] parts = field.split("=", 2);
            fields.computeIfAbsent(decoded(parts[0]), key -> new ArrayList<>())
                    .add(parts.length == 1 ? "" : decoded(parts[1]));
        }
        return new Forms(fields);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The last value; empty when the field is absent. */
    String text(String name) {
        return fields.getOrDefault(name, List.of("")).getLast();
    }

    String text(String name, String otherwise) {
        return text(name).isEmpty() ? otherwise : text(name);
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    /** Seconds; the other number when the field is absent or no number. */
    int seconds(String name, int otherwise) {
        return text(name).matches("\\d{1,6}") ? Integer.parseInt(text(name)) : otherwise;
    }
}
