package dev.comuta.assistant;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Which assistant a client will use. */
@Schema(description = "An assistant that a client will use.")
record ClientAssistantFields(
        @NotNull @Schema(description = "Assistant of the catalogue")
        Long assistantId,

        @Schema(
                description =
                        "Settings of the engine, as documented for each engine. It replaces the configuration of the catalogue as a whole; that one applies when left out.",
                examples = "{\"fallback\": \"Não entendi.\"}")
        Map<String, Object> configuration,

        @Valid @Schema(description = "Credentials for the engine; never returned")
        EngineCredentials credentials) {}
