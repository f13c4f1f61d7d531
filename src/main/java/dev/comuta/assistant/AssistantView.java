package dev.comuta.assistant;

import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An assistant of the platform's catalogue. */
@Schema(name = "Assistant", description = "An assistant of the platform's catalogue.")
record AssistantView(
        @Schema(description = "Id of the assistant") long assistantId,

        @Schema(description = "Name of the assistant", examples = "Atendente")
        String assistantName,

        @Schema(
                nullable = true,
                description = "Field in which the assistant is specialized; null when not given",
                examples = "Imóveis")
        String specialization,

        @Schema(
                description =
                        "Engine: `builtin:atendente` (intents and patterns from the configuration), `openai:<model>` (a model at an OpenAI-compatible API) or `http:<url>` (your own agent)",
                examples = "builtin:atendente")
        String implementationReference,

        @Schema(
                nullable = true,
                description =
                        "Settings of the engine (`EngineConfiguration`), for clients that have none of their own; null when not given",
                examples = "{\"fallback\": \"Não entendi.\"}")
        Map<String, Object> configuration,

        Instant createdAt,

        @Schema(nullable = true) Instant updatedAt) {}
