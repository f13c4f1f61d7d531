package dev.comuta.assistant.engine;

import dev.comuta.assistant.expression.BoundedTemplate;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The configuration of the engine {@code openai:<model>}. */
@Schema(
        name = "ModelConfiguration",
        additionalProperties = Schema.False.class,
        description = "Configuration of `openai:<model>`.")
public record ModelConfiguration(
        @Size(max = 50_000)
        @Schema(
                description = "System message of the model; at most 50000 characters; none when left out",
                examples = "Você atende a Imobiliária XPTO.")
        String instructions,

        @Size(max = 200)
        @Schema(description = "Model in place of the one in the reference; may be left out", examples = "gpt-4o-mini")
        String model,

        @Size(max = 2000)
        @Pattern(regexp = "\\s*|https?://\\S+", message = "must be an absolute http or https URL")
        @Schema(
                description =
                        "Address of the client's own API, with or without `/v1`; the platform's API when left out. Its key is `credentials.apiKey`.",
                examples = "https://llm.example.com/v1")
        String baseUrl,

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
