package dev.comuta.assistant;

import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An assistant that a client uses. */
@Schema(name = "ClientAssistant", description = "An assistant that a client uses.")
record ClientAssistantView(
        @Schema(description = "Id of the association") long clientAssistantId,

        long clientId,

        @Schema(description = "Assistant of the catalogue") long assistantId,

        @Schema(
                nullable = true,
                description =
                        "Settings of the engine (`EngineConfiguration`) that replace the catalogue's; null when the catalogue's apply",
                examples = "{\"fallback\": \"Não entendi.\"}")
        Map<String, Object> configuration,

        Instant createdAt,

        @Schema(nullable = true) Instant updatedAt) {}
