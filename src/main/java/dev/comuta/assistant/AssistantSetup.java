package dev.comuta.assistant;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * An assistant of a client with all that a turn needs.
 *
 * @param configuration the client's own, else the catalogue's, else an empty object
 * @param credentials the client's, decrypted; null when it has none
 * @param tools the client's tools in the order of their creation, possibly none
 */
public record AssistantSetup(
        long assistantId,
        String implementationReference,
        JsonObject configuration,
        EngineCredentials credentials,
        List<ToolSetup> tools) {

    private static final String BUILT_IN = "builtin:";

    /** Whether turns call a model or an agent, so that their rounds, tokens and cost are counted. */
    public boolean usesModel() {
        return !implementationReference.startsWith(BUILT_IN);
    }

    /** The {@code model} of the configuration, else the part of the reference after the colon. */
    public String model() {
        return configuration.getValue("model") instanceof String own && !own.isBlank()
                ? own.strip()
                : implementationReference.substring(implementationReference.indexOf(':') + 1);
    }

    /**
     * The URL of a client's own agent. The reference is {@code http:} followed by the URL, or only the URL when that
     * begins with {@code http:}.
     */
    public static String agentUrl(String reference) {
        String rest = reference.substring(reference.indexOf(':') + 1);
        return rest.startsWith("//") ? reference : rest;
    }
}
