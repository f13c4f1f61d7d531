package dev.comuta.provider.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comuta.media.speech.Speech;
import dev.comuta.media.speech.Speech.Segment;
import dev.comuta.platform.http.HttpAnswer;
import dev.comuta.platform.http.StorableText;
import dev.comuta.platform.http.UntrustedJson;
import dev.comuta.platform.problem.TransientFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads a transcription. Accepted deviations of compatible servers: an error with status 200, plain text, a text that is
 * missing beside its parts, numbers as texts, names of languages. Parts without speech are left out.
 */
final class SpeechAnswer {

    private static final ObjectMapper JSON = UntrustedJson.mapper();
    private static final int LONGEST_TEXT = 100_000;
    private static final int MOST_SEGMENTS = 2_000;
    private static final int LONGEST_NAME = 60;
    private static final double SILENT = 0.6;
    private static final double UNSURE = -1;
    private static final double LONGEST = 1e7;

    private static final Map<String, String> LANGUAGES = Map.of(
            "portuguese", "pt",
            "português", "pt",
            "english", "en",
            "spanish", "es",
            "french", "fr",
            "italian", "it",
            "german", "de",
            "chinese", "zh",
            "japanese", "ja");

    private SpeechAnswer() {}

    /** Reads a response of status 2xx. Fails as {@link OpenAiErrors} describes, and when it is no transcription. */
    static Speech of(HttpAnswer answer) {
        String body = answer.text();
        try {
            JsonNode json = JSON.readTree(body);
            if (json.isTextual()) {
                return plain(json.asText());
            }
            if (json.isObject()) {
                return read(json);
            }
        } catch (JsonProcessingException notJson) {
            if (isPlainText(answer, body)) {
                return plain(body);
            }
        }
        throw new TransientFailure("the answer is no transcription");
    }

    private static boolean isPlainText(HttpAnswer answer, String body) {
        return answer.contentType() != null
                && answer.contentType().toLowerCase(Locale.ROOT).startsWith("text/plain")
                && !body.stripLeading().startsWith("{");
    }

    private static Speech plain(String text) {
        return new Speech(cut(text), List.of(), null, null);
    }

    private static Speech read(JsonNode answer) {
        if (answer.hasNonNull("error")) {
            throw OpenAiErrors.inBody(answer.path("error"));
        }
        if (!answer.has("text") && !answer.path("segments").isArray()) {
            throw new TransientFailure("the answer has no text");
        }
        List<JsonNode> parts = parts(answer.path("segments"));
        List<Segment> heard = parts.stream()
                .filter(part -> !isSilent(part))
                .map(SpeechAnswer::segment)
                .toList();
        Speech speech = new Speech(cut(answer.path("text").asText("")), heard, language(answer), seconds(answer));
        boolean useParts = heard.size() < parts.size() || (speech.text().isEmpty() && !heard.isEmpty());
        return useParts ? speech.withSegments(heard) : speech;
    }

    private static List<JsonNode> parts(JsonNode segments) {
        List<JsonNode> parts = new ArrayList<>();
        for (JsonNode part : segments) {
            if (parts.size() < MOST_SEGMENTS && part.isObject()) {
                parts.add(part);
            }
        }
        return parts;
    }

    private static boolean isSilent(JsonNode part) {
        return number(part.path("no_speech_prob"), 0) > SILENT && number(part.path("avg_logprob"), 0) < UNSURE;
    }

    private static Segment segment(JsonNode part) {
        double start = number(part.path("start"), 0);
        String speaker = part.path("speaker").asText("").strip();
        return new Segment(
                start,
                Math.max(start, number(part.path("end"), start)),
                cut(part.path("text").asText("")),
                speaker.isEmpty() ? null : StorableText.cut(speaker, LONGEST_NAME));
    }

    private static Double seconds(JsonNode answer) {
        double seconds =
                number(answer.path("duration"), number(answer.path("usage").path("seconds"), 0));
        return seconds > 0 ? seconds : null;
    }

    /** A number, also when it is written as text; another value when it is none, or is no time of an audio file. */
    private static double number(JsonNode node, double other) {
        try {
            double number = node.isTextual() ? Double.parseDouble(node.asText().strip()) : node.asDouble(other);
            return Math.abs(number) <= LONGEST ? number : other;
        } catch (NumberFormatException noNumber) {
            return other;
        }
    }

    /** The language of the answer, or the first of its languages. */
    private static String language(JsonNode answer) {
        JsonNode first = answer.path("languages").path(0);
        String found = answer.path("language").asText(first.path("code").asText(first.asText("")));
        String name = found.strip().toLowerCase(Locale.ROOT);
        String code = LANGUAGES.getOrDefault(name, name.split("[-_]", 2)[0]);
        return code.matches("[a-z]{2,3}") ? code : null;
    }

    private static String cut(String text) {
        return StorableText.cut(StorableText.of(text.strip()), LONGEST_TEXT);
    }
}
