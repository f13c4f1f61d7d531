package dev.comuta.assistant.engine;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The configuration of the engine {@code http:<url>}. */
@Schema(
        name = "AgentConfiguration",
        additionalProperties = Schema.False.class,
        description = "Configuration of `http:<url>`: an empty object, because the agent has its own.")
public record AgentConfiguration() implements EngineConfiguration {}
