package dev.comuta.assistant;

import java.util.Map;

/** A tool of a client's assistant. */
record ToolRef(long clientId, long assistantId, long toolId) {

    Map<String, Long> attributes() {
        return Map.of("id", toolId, "assistantId", assistantId);
    }
}
