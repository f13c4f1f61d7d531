package dev.comuta.assistant;

import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How a client uses an assistant. */
@Schema(description = "The client's configuration of an assistant.")
record ClientAssistantConfiguration(
        @Schema(
                description =
                        "Settings of the engine, as documented for each engine. It replaces the configuration of the catalogue as a whole; null restores that one.",
                examples = "{\"fallback\": \"Não entendi.\"}")
        Map<String, Object> configuration) {}
