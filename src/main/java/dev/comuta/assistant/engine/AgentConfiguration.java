package dev.comuta.assistant.engine;

import dev.comuta.assistant.expression.BoundedTemplate;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The configuration of the engine {@code http:<url>}. */
@Schema(
        name = "AgentConfiguration",
        additionalProperties = Schema.False.class,
        description = "Configuration of `http:<url>`, whose agent has settings of its own besides these.")
public record AgentConfiguration(
        @Size(max = BoundedTemplate.MAX_LENGTH)
        @Schema(
                description =
                        "Text that the end user gets, once, when the assistant cannot answer; at most 4096 characters; `comuta.assistant.failure-answer` when left out",
                examples = "Desculpe, não consegui responder agora.")
        String failureAnswer,

        @Schema(
                description =
                        "Whether the session is handed over to a person when the assistant cannot answer; `comuta.assistant.hand-off-on-failure` when left out",
                examples = "true")
        Boolean handOffOnFailure)
        implements EngineConfiguration {}
