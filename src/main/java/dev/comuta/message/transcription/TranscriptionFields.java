package dev.comuta.message.transcription;

import dev.comuta.platform.rest.OneLine;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The settings of transcription that a client can change. */
@Schema(description = "Settings of the transcription of voice notes.")
record TranscriptionFields(
        @Schema(description = "Whether voice notes are transcribed; null switches it off", examples = "true")
        Boolean enabled,

        @OneLine
        @Size(max = 500)
        @Schema(
                description =
                        "URL of the client's own OpenAI-compatible API, with or without `/v1` at its end; an URL that ends with `/audio/transcriptions` or `/inference` is used as it is. Null restores the platform's API",
                examples = "https://api.openai.com")
        String baseUrl,

        @OneLine
        @Size(max = 1000)
        @Pattern(regexp = "[\\x21-\\x7e]+", message = "must be printable ASCII without spaces")
        @Schema(
                writeOnly = true,
                description =
                        "Key of the client's own account at the API. It is stored encrypted and never returned. Null removes it. While a key is stored, a request that moves `baseUrl` to another host must contain a new one.",
                examples = "sk-proj-abc123")
        String apiKey,

        @Size(max = 200)
        @Pattern(regexp = "[\\x21-\\x7e]+", message = "must be printable ASCII without spaces")
        @Schema(description = "Model; null restores the platform's", examples = "whisper-1")
        String model,

        @Pattern(regexp = "[a-z]{2}", message = "must be two letters (ISO 639-1)")
        @Schema(description = "Language of the voice notes (ISO 639-1); null restores the platform's", examples = "pt")
        String language,

        @Size(max = 100)
        @Schema(
                description =
                        "Words that voice notes may contain, such as the names of districts and developments; at most 100",
                examples = "[\"Residencial das Acácias\", \"Itaim Bibi\"]")
        List<@NotBlank @Size(max = 100) String> hints,

        @OneLine
        @Size(max = 1000)
        @Schema(
                description =
                        "What the end user gets when a voice note cannot be fetched or transcribed; without it the assistant answers without its words",
                examples = "Não consegui ouvir o seu áudio. Pode escrever, por favor?")
        String failureText,

        @Schema(
                description =
                        "Whether CPF, CNPJ, card and telephone numbers and e-mail addresses are removed from the results of tasks; the message keeps both texts",
                examples = "true")
        Boolean redaction,

        @Min(1)
        @Max(86_400)
        @Schema(
                description = "Longest audio that the model accepts, in seconds; null for the known limit of the model",
                examples = "1400")
        Integer maxSeconds,

        @DecimalMin("0")
        @DecimalMax("1000")
        @Schema(
                description = "Price of a minute of audio, from which costs are computed; null for none",
                examples = "0.03")
        BigDecimal pricePerMinute) {

    /** An absent list is empty, and an absent switch is off. */
    TranscriptionFields {
        enabled = Boolean.TRUE.equals(enabled);
        redaction = Boolean.TRUE.equals(redaction);
        hints = hints == null ? List.of() : hints;
    }

    @Override
    public String toString() {
        return "TranscriptionFields[…]";
    }
}
