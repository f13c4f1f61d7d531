package dev.comuta.assistant;

import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The client's configuration of an assistant. */
@Schema(description = "The client's configuration of an assistant.")
record ClientAssistantConfiguration(
        @Schema(
                ref = "EngineConfiguration",
                description =
                        "Settings of the engine. They replace the catalogue's configuration as a whole; null restores the catalogue's.",
                examples = "{\"fallback\": \"Não entendi.\"}")
        Map<String, Object> configuration) {}
