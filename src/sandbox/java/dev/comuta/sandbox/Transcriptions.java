package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.io.UncheckedIOException;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The operation {@code /v1/audio/transcriptions} of an OpenAI-compatible API, with its limits and errors. The words of a
 * {@link VoiceNote} are in its bytes. Other files are recognized by a real recognizer, where it is installed, else they are
 * silent. A script answers first, one entry for each valid request.
 */
final class Transcriptions {

    private static final List<String> ENDINGS =
            List.of("flac", "mp3", "mp4", "mpeg", "mpga", "m4a", "ogg", "wav", "webm");
    private static final int LARGEST = 25 << 20;
    private static final int LONGEST = 1_400;
    private static final int LONGEST_CHUNK = 30;
    private static final String SPEAKERS = "diarize";
    private static final String VERBOSE = "verbose_json";
    private static final String DIARIZED = "diarized_json";

    private final SpeechRecognizer recognizer = new SpeechRecognizer();
    private final Deque<JsonNode> script = new ConcurrentLinkedDeque<>();

    /** An error of the API. */
    private static final class Refused extends RuntimeException {

        private final int status;
        private final transient Map<String, Object> error = new LinkedHashMap<>();

        Refused(int status, String message, String param, String code) {
            super(message, null, false, false);
            this.status = status;
            error.put("message", message);
            error.put("type", "invalid_request_error");
            error.put("param", param);
            error.put("code", code);
        }
    }

    /** Sets the next responses: each a complete body, with status 200 or that of its field {@code status}. */
    void script(List<JsonNode> entries) {
        script.clear();
        script.addAll(entries);
    }

    void answer(Exchange exchange) {
        Form form = Form.read(exchange.header("content-type"), exchange.bytes());
        Form.Part file = form.part("file");
        try {
            if (file == null || form.text("model").isEmpty()) {
                throw new Refused(400, "file and model are required", null, null);
            }
            check(form, file);
        } catch (Refused refused) {
            exchange.answer(refused.status, Map.of("error", refused.error));
            return;
        }
        JsonNode next = script.poll();
        if (next != null) {
            exchange.answer(next.path("status").asInt(200), next);
        } else {
            answer(exchange, form, file.bytes());
        }
    }

    private static void check(Form form, Form.Part file) {
        String model = form.text("model");
        if (file.bytes().length() > LARGEST) {
            throw new Refused(
                    413,
                    "413: Maximum content size limit (%d) exceeded (%d bytes read)"
                            .formatted(LARGEST, file.bytes().length()),
                    null,
                    null);
        }
        if (!ENDINGS.contains(ending(file.fileName()))) {
            throw new Refused(400, "Invalid file format. Supported formats: " + ENDINGS, "file", null);
        }
        checkFormat(form, model);
        double seconds = AudioLength.seconds(file.bytes());
        if (model.startsWith("gpt-4o") && seconds > LONGEST) {
            throw new Refused(
                    400,
                    String.format(
                            Locale.ROOT,
                            "audio duration %s seconds is longer than %d seconds which is the maximum for this model",
                            seconds,
                            LONGEST),
                    "file",
                    "invalid_value");
        }
        if (model.contains(SPEAKERS)
                && seconds > LONGEST_CHUNK
                && form.text("chunking_strategy").isEmpty()) {
            throw new Refused(
                    400, "chunking_strategy is required for diarization models", "chunking_strategy", "invalid_value");
        }
    }

    private static void checkFormat(Form form, String model) {
        String format = form.text("response_format");
        boolean isSmall = model.startsWith("gpt-");
        boolean fits =
                switch (format) {
                    case VERBOSE -> !isSmall;
                    case DIARIZED -> model.contains(SPEAKERS);
                    case "", "json", "text" -> true;
                    default -> false;
                };
        if (!fits) {
            throw new Refused(
                    400,
                    "response_format '%s' is not compatible with model '%s'. Use 'json' or 'text' instead."
                            .formatted(format, model),
                    "response_format",
                    "unsupported_value");
        }
        boolean hasTimes = form.part("timestamp_granularities[]") != null;
        if (hasTimes && !format.equals(VERBOSE)) {
            throw new Refused(
                    400,
                    "timestamp_granularities are only supported with response_format 'verbose_json'",
                    "timestamp_granularities",
                    "invalid_value");
        }
        if (model.contains(SPEAKERS) && !form.text("prompt").isEmpty()) {
            throw new Refused(400, "Prompt is not supported for diarization models", "prompt", "unsupported_parameter");
        }
    }

    /** A recognizer takes seconds, and must not delay the other simulated providers. */
    private void answer(Exchange exchange, Form form, Buffer audio) {
        String known = VoiceNote.wordsIn(audio);
        if (known != null) {
            write(exchange, form, new SpeechResponse(known, AudioLength.seconds(audio)));
        } else {
            Thread.ofVirtual().start(() -> recognize(exchange, form, audio));
        }
    }

    private void recognize(Exchange exchange, Form form, Buffer audio) {
        try {
            write(exchange, form, new SpeechResponse(recognizer.words(audio), AudioLength.seconds(audio)));
        } catch (UncheckedIOException failed) {
            exchange.answer(500, Map.of("error", Map.of("message", "the recognizer failed", "type", "server_error")));
        }
    }

    private static void write(Exchange exchange, Form form, SpeechResponse speech) {
        switch (form.text("response_format")) {
            case "text" -> exchange.answer(200, "text/plain", speech.words() + "\n");
            case VERBOSE -> exchange.answer(200, speech.verbose());
            case DIARIZED -> exchange.answer(200, speech.diarized());
            default -> exchange.answer(200, speech.json());
        }
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
