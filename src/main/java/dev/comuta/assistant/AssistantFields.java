package dev.comuta.assistant;

import dev.comuta.platform.rest.OneLine;
import dev.comuta.platform.rest.PlainName;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The fields of an assistant of the catalogue that the platform can write. */
@Schema(description = "An assistant of the catalogue.")
record AssistantFields(
        @PlainName
        @NotBlank
        @Size(max = 200)
        @Schema(description = "Name of the assistant; at most 200 characters", examples = "Atendente")
        String assistantName,

        @Size(max = 1000)
        @Schema(
                description = "Field in which the assistant is specialized; at most 1000 characters",
                examples = "Imóveis de luxo")
        String specialization,

        @OneLine
        @NotNull
        @Size(max = 2000)
        @Pattern(
                regexp = "builtin:atendente|openai:.+|http:.+",
                message = "must be builtin:atendente, openai:<model> or http:<url>")
        @Schema(
                description =
                        "Engine: `builtin:atendente` (intents and patterns from the configuration), `openai:<model>` (a model at an OpenAI-compatible API) or `http:<url>` (your own agent)",
                examples = "builtin:atendente")
        String implementationReference,

        @Schema(
                ref = "EngineConfiguration",
                description =
                        "Settings of the engine. They apply to every client that has no configuration of its own.",
                examples = "{\"fallback\": \"Não entendi.\"}")
        Map<String, Object> configuration) {

    private static final String AGENT = "http:";

    /** The URL of the client's own agent; null for another engine. */
    String agentUrl() {
        return implementationReference.startsWith(AGENT) ? AssistantSetup.agentUrl(implementationReference) : null;
    }
}
