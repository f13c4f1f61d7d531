package dev.comuta.assistant;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The fields of a request that associates an assistant with a client. */
@Schema(description = "An assistant that a client will use.")
record ClientAssistantFields(
        @NotNull @Schema(description = "Assistant of the catalogue")
        Long assistantId,

        @Schema(
                ref = "EngineConfiguration",
                description =
                        "Settings of the engine. They replace the catalogue's configuration as a whole. When left out, the catalogue's configuration applies.",
                examples = "{\"fallback\": \"Não entendi.\"}")
        Map<String, Object> configuration,

        @Valid @Schema(description = "Credentials for the engine; never returned")
        EngineCredentials credentials) {}
