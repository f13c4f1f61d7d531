package dev.comuta.message.transcription;

import dev.comuta.media.speech.Redaction;
import dev.comuta.media.speech.Speech;
import dev.comuta.media.speech.Speech.Segment;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;

/** The value of ResultData: with redaction, only the redacted text leaves the message. */
final class TranscriptionResult {

    private TranscriptionResult() {}

    /** @param redacted null without redaction */
    static JsonObject of(Speech speech, String redacted, String model, BigDecimal cost) {
        JsonObject result = new JsonObject().put("texto", redacted == null ? speech.text() : redacted);
        put(result, "semFala", speech.text().isEmpty() ? true : null);
        put(result, "idioma", speech.language());
        put(result, "segundos", speech.seconds());
        put(result, "segmentos", segments(speech, redacted));
        put(result, "modelo", model);
        put(result, "custo", cost);
        return result;
    }

    private static void put(JsonObject result, String name, Object value) {
        if (value != null) {
            result.put(name, value);
        }
    }

    /** When anything was redacted the parts have no text: a number may begin in one and end in the next. */
    private static JsonArray segments(Speech speech, String redacted) {
        if (speech.segments().isEmpty()) {
            return null;
        }
        boolean hidden = redacted != null && !redacted.equals(speech.text());
        JsonArray segments = new JsonArray();
        for (Segment part : speech.segments()) {
            JsonObject segment = new JsonObject().put("inicio", part.start()).put("fim", part.end());
            put(segment, "texto", hidden ? null : redacted == null ? part.text() : Redaction.of(part.text()));
            put(segment, "falante", part.speaker());
            segments.add(segment);
        }
        return segments;
    }
}
