package dev.comuta.sandbox.voice;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One step of a document in Twilio's names, also when it came as JSON. */
record Verb(String name, Map<String, String> attributes, String text, List<Verb> nested) {

    String attribute(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    String attribute(String attribute, String otherwise) {
        return attributes.getOrDefault(attribute, otherwise);
    }

    boolean flag(String attribute) {
        return attribute(attribute).equals("true");
    }

    Duration seconds(String attribute, int otherwise) {
        String value = attribute(attribute);
        return Duration.ofSeconds(value.matches("\\d{1,6}") ? Integer.parseInt(value) : otherwise);
    }

    /** Values that the document separates by spaces. */
    List<String> words(String attribute) {
        return attribute(attribute).isBlank()
                ? List.of()
                : List.of(attribute(attribute).strip().split("\\s+"));
    }
}
