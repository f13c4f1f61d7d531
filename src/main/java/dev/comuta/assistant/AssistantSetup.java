package dev.comuta.assistant;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What an assistant of a client is made of.
 *
 * @param configuration the client's own, or the assistant's when the client has none; never null
 * @param credentials the client's own, opened; null when it gave none
 * @param tools in the order in which they were made, possibly none
 */
public record AssistantSetup(
        long assistantId,
        String implementationReference,
        JsonObject configuration,
        EngineCredentials credentials,
        List<ToolSetup> tools) {

    private static final String WITHOUT_MODEL = "builtin:";

    /** Whether a turn costs something that is counted. */
    public boolean usesModel() {
        return !implementationReference.startsWith(WITHOUT_MODEL);
    }

    /** The configuration's {@code model}, or what stands after the reference's colon. */
    public String model() {
        return configuration.getValue("model") instanceof String own && !own.isBlank()
                ? own.strip()
                : implementationReference.substring(implementationReference.indexOf(':') + 1);
    }

    /** The URL in the reference of a client's own agent: {@code http:} and a URL, or a URL that begins so itself. */
    public static String agentUrl(String reference) {
        String rest = reference.substring(reference.indexOf(':') + 1);
        return rest.startsWith("//") ? reference : rest;
    }
}
