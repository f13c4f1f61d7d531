package dev.comuta.media.speech;

import dev.comuta.platform.problem.PermanentFailure;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * An audio file in memory.
 *
 * @param seconds its length by its own bytes; null when they do not say it
 * @param silent whether it is known to have no sound
 */
public record AudioFile(Buffer bytes, AudioFormat format, Double seconds, boolean silent) {

    /**
     * Reads a file, and decodes a part of its sound, so no event loop may call it. Fails permanently when transcription does
     * not accept its format.
     */
    public static AudioFile of(Buffer bytes) {
        AudioFormat format = AudioFormat.of(bytes)
                .orElseThrow(() -> new PermanentFailure("transcription does not accept the format of the audio"));
        Double seconds = seconds(bytes, format);
        return new AudioFile(bytes, format, seconds, Silence.in(bytes, format, seconds));
    }

    private static Double seconds(Buffer bytes, AudioFormat format) {
        return switch (format) {
            case OGG -> OggDuration.of(bytes);
            case WAV ->
                Optional.ofNullable(WavSamples.of(bytes))
                        .map(WavSamples::seconds)
                        .orElse(null);
            default -> null;
        };
    }

    @Override
    public String toString() {
        return "AudioFile[" + format + ", " + bytes.length() + " bytes]";
    }
}
