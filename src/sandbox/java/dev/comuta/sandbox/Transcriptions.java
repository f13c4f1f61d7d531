package dev.comuta.sandbox;

import io.vertx.core.buffer.Buffer;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The operation {@code /v1/audio/transcriptions} of an OpenAI-compatible API. The words of a {@link VoiceNote} are in its
 * bytes. Other files are recognized by a real recognizer, where it is installed, else they are silent. As the real API
 * does, it rejects a file whose name has an unknown ending.
 */
final class Transcriptions {

    private static final List<String> ENDINGS =
            List.of("flac", "mp3", "mp4", "mpeg", "mpga", "m4a", "ogg", "wav", "webm");

    private final SpeechRecognizer recognizer = new SpeechRecognizer();

    void answer(Exchange exchange) {
        Form form = Form.read(exchange.header("content-type"), exchange.bytes());
        Form.Part file = form.part("file");
        if (file == null || form.text("model").isEmpty()) {
            reject(exchange, "file and model are required");
        } else if (!ENDINGS.contains(ending(file.fileName()))) {
            reject(exchange, "Invalid file format. Supported formats: " + ENDINGS);
        } else {
            answer(exchange, form, file.bytes());
        }
    }

    /** A recognizer takes seconds, and must not delay the other simulated providers. */
    private void answer(Exchange exchange, Form form, Buffer audio) {
        String known = VoiceNote.wordsIn(audio);
        if (known != null) {
            write(exchange, form, known);
        } else {
            Thread.ofVirtual().start(() -> recognize(exchange, form, audio));
        }
    }

    private void recognize(Exchange exchange, Form form, Buffer audio) {
        try {
            write(exchange, form, recognizer.words(audio));
        } catch (UncheckedIOException failed) {
            exchange.answer(500, Map.of("error", Map.of("message", "the recognizer failed", "type", "server_error")));
        }
    }

    private static void write(Exchange exchange, Form form, String words) {
        Map<String, Object> plain = Map.of("text", words, "usage", Map.of("type", "duration", "seconds", 3));
        if (!form.text("response_format").equals("verbose_json")) {
            exchange.answer(200, plain);
            return;
        }
        List<Object> segments = words.isEmpty()
                ? List.of()
                : List.of(Map.of(
                        "id", 0, "start", 0.0, "end", 3.0, "text", words, "avg_logprob", -0.2, "no_speech_prob", 0.01));
        exchange.answer(
                200,
                Map.of(
                        "task",
                        "transcribe",
                        "language",
                        "portuguese",
                        "duration",
                        3.0,
                        "text",
                        words,
                        "segments",
                        segments));
    }

    private static void reject(Exchange exchange, String message) {
        exchange.answer(400, Map.of("error", Map.of("message", message, "type", "invalid_request_error")));
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
