package dev.comuta.message.transcription;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The settings of transcription of a client. */
@Schema(name = "Transcription", description = "Settings of the transcription of voice notes, the platform's included.")
record TranscriptionView(
        @Schema(description = "Whether voice notes are transcribed")
        boolean enabled,

        @Schema(
                nullable = true,
                description = "URL of the client's own API; null when the platform's is used",
                examples = "https://api.openai.com")
        String baseUrl,

        @Schema(description = "Whether a key of the client is stored")
        boolean hasApiKey,

        @Schema(description = "Model", examples = "whisper-1")
        String model,

        @Schema(description = "Language of the voice notes (ISO 639-1)", examples = "pt")
        String language,

        @Schema(description = "Words that voice notes may contain", examples = "[\"Itaim Bibi\"]")
        List<String> hints,

        @Schema(
                nullable = true,
                description =
                        "What the end user gets when a voice note cannot be fetched or transcribed; null for nothing",
                examples = "Não consegui ouvir o seu áudio. Pode escrever, por favor?")
        String failureText,

        @Schema(description = "Whether personal numbers and addresses are removed from the results of tasks")
        boolean redaction,

        @Schema(
                nullable = true,
                description = "Longest audio in seconds; null for the known limit of the model",
                examples = "1400")
        Integer maxSeconds,

        @Schema(nullable = true, description = "Price of a minute of audio; null when there is none", examples = "0.03")
        BigDecimal pricePerMinute,

        @Schema(nullable = true, description = "Time of the last change; null when nothing was changed")
        Instant updatedAt) {}
