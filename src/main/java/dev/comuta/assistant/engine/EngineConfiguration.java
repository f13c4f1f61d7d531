package dev.comuta.assistant.engine;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The configuration of an engine. The API describes it by this type; the rows and the records have maps. */
@Schema(
        name = "EngineConfiguration",
        type = SchemaType.OBJECT,
        description =
                "Settings of an engine. The engine of the assistant's `implementationReference` decides which of them applies; a field that the engine does not know is rejected (400).",
        anyOf = {IntentConfiguration.class, ModelConfiguration.class, AgentConfiguration.class})
public sealed interface EngineConfiguration permits IntentConfiguration, ModelConfiguration, AgentConfiguration {}
