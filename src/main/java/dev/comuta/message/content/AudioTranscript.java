package dev.comuta.message.content;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What was said in the audio file of a message. */
@Schema(name = "AudioTranscript", description = "What was said in the audio file of a message.")
public record AudioTranscript(
        @Schema(description = "Id of the transcript") long transcriptId,

        @Schema(
                description = "What was said; empty when nothing was said",
                examples = "Quero visitar a casa no sábado.")
        String text,

        @Schema(
                nullable = true,
                description =
                        "The text without personal numbers and addresses; null when the client's settings ask for no redaction",
                examples = "Meu CPF é [CPF].")
        String redactedText,

        @Schema(description = "Whether anything was said") boolean hasSpeech,

        @Schema(description = "Parts of the text with their times; empty when the model reports none")
        List<Segment> segments,

        @Schema(nullable = true, description = "Language (ISO 639-1); null when not known", examples = "pt")
        String language,

        @Schema(nullable = true, description = "Length of the audio in seconds; null when not known", examples = "7.4")
        Double seconds,

        @Schema(
                nullable = true,
                description = "Model that made the transcript; null for audio without sound, for which none was asked",
                examples = "whisper-1")
        String model,

        @Schema(
                nullable = true,
                description =
                        "Cost by the price in the client's settings; null without a price, and when the length is not known",
                examples = "0.0042")
        BigDecimal cost,

        @Schema(description = "When the transcript was made")
        Instant createdAt) {

    /** A part of the text. */
    @Schema(name = "AudioTranscriptSegment", description = "A part of a transcript.")
    public record Segment(
            @Schema(description = "Seconds after the beginning of the audio", examples = "0.0")
            double start,

            @Schema(description = "End of the part, in seconds", examples = "4.7")
            double end,

            @Schema(description = "What was said", examples = "Quero visitar a casa.")
            String text,

            @Schema(
                    nullable = true,
                    description = "The model's name of the speaker; null when it distinguishes none",
                    examples = "A")
            String speaker) {}

    /** A row of Transcripts as JSON; null for null. */
    public static AudioTranscript of(JsonObject row) {
        if (row == null) {
            return null;
        }
        String text = row.getString("text");
        return new AudioTranscript(
                row.getLong("transcriptid"),
                text,
                row.getString("redactedtext"),
                !text.isEmpty(),
                ContentColumns.objects(row, "segments")
                        .map(AudioTranscript::segment)
                        .toList(),
                row.getString("language"),
                row.getDouble("seconds"),
                row.getString("model"),
                row.getValue("cost") instanceof Number cost ? new BigDecimal(cost.toString()) : null,
                OffsetDateTime.parse(row.getString("createdat")).toInstant());
    }

    private static Segment segment(JsonObject part) {
        return new Segment(
                part.getDouble("start", 0.0),
                part.getDouble("end", 0.0),
                part.getString("text", ""),
                part.getString("speaker"));
    }
}
