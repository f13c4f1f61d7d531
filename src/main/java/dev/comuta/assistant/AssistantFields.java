package dev.comuta.assistant;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What may be said about an assistant of the catalogue.
 *
 * @param implementationReference the engine: 'builtin:atendente', 'openai:' and a model, 'http:' and a URL
 * @param configuration the engine's, for clients that have none of their own
 */
record AssistantFields(
        @NotBlank @Size(max = 200) @Schema(examples = "Atendente")
        String assistantName,

        @Size(max = 1000) @Schema(examples = "Imóveis de luxo")
        String specialization,

        @NotNull
        @Size(max = 2000)
        @Pattern(
                regexp = "builtin:atendente|openai:.+|http:.+",
                message = "must be builtin:atendente, openai:<model> or http:<url>")
        @Schema(examples = "builtin:atendente")
        String implementationReference,

        Map<String, Object> configuration) {

    private static final String AGENT = "http:";

    /** Where the client's own agent is asked; null when the engine is another. */
    String agentUrl() {
        return implementationReference.startsWith(AGENT) ? AssistantSetup.agentUrl(implementationReference) : null;
    }
}
