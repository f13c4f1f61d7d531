package dev.comuta.sandbox.voice.relay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.sandbox.Json;
import java.util.function.BiConsumer;

/** Follows the frames of the server. Whatever Twilio does not know ends the session. */
public final class RelayCommands {

    private static final int SHOWN = 200;

    private final RelaySettings settings;
    private final RelaySpeech speech;
    private final BiConsumer<String, String> heard;
    private String language;

    /** @param heard gets {@code tones} with the keys that the server presses */
    public RelayCommands(RelaySettings settings, RelaySpeech speech, BiConsumer<String, String> heard) {
        this.settings = settings;
        this.speech = speech;
        this.heard = heard;
        this.language = settings.transcriptionLanguage();
    }

    /** The language of a prompt; a session of several languages has the short tag. */
    public String language() {
        return language.equals(RelayVoices.MULTI) ? "pt" : language;
    }

    /**
     * Follows one frame.
     *
     * @return the end of the session; null when it goes on
     * @throws RelayRefusal for anything that is no frame
     */
    public RelayEnd follow(String text) {
        JsonNode frame = read(text);
        switch (frame.path("type").asText()) {
            case "text" -> say(text, frame);
            case "play" -> play(text, frame);
            case "sendDigits" -> press(text, frame);
            case "language" -> speak(text, frame);
            case "end" -> {
                return end(text, frame);
            }
            default -> throw invalid(text);
        }
        return null;
    }

    private static JsonNode read(String text) {
        try {
            JsonNode frame = Json.read(text);
            if (frame.isObject()) {
                return frame;
            }
        } catch (Json.Malformed rubbish) {
            // as any other frame that Twilio does not know
        }
        throw invalid(text);
    }

    private static RelayRefusal invalid(String text) {
        return new RelayRefusal(
                RelayEnd.WRONG_FRAME, "Invalid message received: " + text.substring(0, Math.min(SHOWN, text.length())));
    }

    private void say(String text, JsonNode frame) {
        require(text, frame.path("token").isTextual() && isFlag(frame.path("last")));
        requireManners(text, frame);
        speech.text(
                frame.path("token").asText(),
                frame.path("last").asBoolean(),
                interruptible(frame),
                frame.path("preemptible").asBoolean(settings.preemptible()));
    }

    private void play(String text, JsonNode frame) {
        JsonNode loops = frame.path("loop");
        require(
                text,
                frame.path("source").asText().matches("https?://.+")
                        && (loops.isMissingNode() || (loops.isInt() && loops.asInt() >= 0)));
        requireManners(text, frame);
        speech.play(
                frame.path("source").asText(),
                loops.asInt(1),
                interruptible(frame),
                frame.path("preemptible").asBoolean(settings.preemptible()));
    }

    private void press(String text, JsonNode frame) {
        require(text, frame.path("digits").asText().matches("[0-9*#wW]+"));
        heard.accept("tones", frame.path("digits").asText());
    }

    private void speak(String text, JsonNode frame) {
        require(text, frame.has("ttsLanguage") || frame.has("transcriptionLanguage"));
        if (frame.has("ttsLanguage")) {
            settings.requireLanguage(frame.path("ttsLanguage").asText());
        }
        if (frame.has("transcriptionLanguage")) {
            settings.requireLanguage(frame.path("transcriptionLanguage").asText());
            language = frame.path("transcriptionLanguage").asText();
        }
    }

    private static RelayEnd end(String text, JsonNode frame) {
        JsonNode data = frame.path("handoffData");
        require(text, data.isMissingNode() || data.isTextual());
        return RelayEnd.ended(data.isMissingNode() ? null : data.asText());
    }

    private static void requireManners(String text, JsonNode frame) {
        require(text, isFlag(frame.path("interruptible")) && isFlag(frame.path("preemptible")));
    }

    private String interruptible(JsonNode frame) {
        JsonNode own = frame.path("interruptible");
        return own.isMissingNode() ? settings.interruptible() : own.asBoolean() ? "any" : "none";
    }

    /** Absent, or true or false. */
    private static boolean isFlag(JsonNode value) {
        return value.isMissingNode() || value.isBoolean();
    }

    private static void require(String text, boolean isValid) {
        if (!isValid) {
            throw invalid(text);
        }
    }
}
