package dev.comuta.assistant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * The parts of a tool's configuration that may hold secrets, stored sealed. The column Configuration and the API have
 * the names of the headers and of the URL's query parameters only.
 *
 * @param authentication null when the tool has none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ToolSecrets(Authentication authentication, String url, Map<String, String> headers) {

    /** A stored configuration with the secrets of its row. */
    static JsonObject complete(JsonObject configuration, JsonObject secrets) {
        JsonObject complete = configuration.copy();
        for (String part : new String[] {"url", "headers"}) {
            if (secrets.containsKey(part)) {
                complete.put(part, secrets.getValue(part));
            }
        }
        return complete;
    }

    @Override
    public String toString() {
        return "ToolSecrets[…]";
    }
}
