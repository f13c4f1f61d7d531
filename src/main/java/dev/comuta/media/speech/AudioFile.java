package dev.comuta.media.speech;

import dev.comuta.platform.problem.PermanentFailure;
import io.vertx.core.buffer.Buffer;

/**
 * An audio file in memory.
 *
 * @param seconds its length by its own bytes; null when they do not say it
 */
public record AudioFile(Buffer bytes, AudioFormat format, Double seconds) {

    /** Reads a file. Fails permanently when transcription does not accept its format. */
    public static AudioFile of(Buffer bytes) {
        AudioFormat format = AudioFormat.of(bytes)
                .orElseThrow(() -> new PermanentFailure("transcription does not accept the format of the audio"));
        return new AudioFile(bytes, format, format == AudioFormat.OGG ? OggDuration.of(bytes) : null);
    }

    @Override
    public String toString() {
        return "AudioFile[" + format + ", " + bytes.length() + " bytes]";
    }
}
