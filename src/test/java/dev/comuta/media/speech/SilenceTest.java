package dev.comuta.media.speech;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.sandbox.VoiceNote;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with and without sound. */
class SilenceTest {

    private static final int HEADER = 44;

    private static AudioFile note(byte[] bytes) {
        return AudioFile.of(Buffer.buffer(bytes));
    }

    /** A tone in the second half of a file of samples of 16 bits. */
    private static Buffer wav(int rate, int channels, double loudness, int seconds) {
        int bytes = rate * channels * Short.BYTES * seconds;
        Buffer wav = Buffer.buffer("RIFF")
                .appendIntLE(HEADER - 8 + bytes)
                .appendString("WAVEfmt ")
                .appendIntLE(16)
                .appendShortLE((short) 1)
                .appendShortLE((short) channels)
                .appendIntLE(rate)
                .appendIntLE(rate * channels * Short.BYTES)
                .appendShortLE((short) (channels * Short.BYTES))
                .appendShortLE((short) Short.SIZE)
                .appendString("data")
                .appendIntLE(bytes);
        for (int i = 0; i < bytes / Short.BYTES; i++) {
            boolean sounds = i >= bytes / Short.BYTES / 2;
            wav.appendShortLE((short) (sounds ? loudness * Short.MAX_VALUE * Math.sin(i / 3.0) : 0));
        }
        return wav;
    }

    @Test
    void voiceNoteWithoutSoundIsSilent() {
        assertTrue(note(VoiceNote.sounding(0, 3)).silent());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.1, 0.9})
    void voiceNoteWithQuietSoundIsNotSilent(double loudness) {
        assertFalse(note(VoiceNote.sounding(loudness, 3)).silent());
    }

    @ParameterizedTest
    @CsvSource({"8000, 1, 0, true", "44100, 2, 0, true", "8000, 1, 0.01, false", "44100, 2, 0.9, false"})
    void wavIsSilentWithoutSound(int rate, int channels, double loudness, boolean silent) {
        AudioFile file = AudioFile.of(wav(rate, channels, loudness, 2));

        assertEquals(2, file.seconds());
        assertEquals(silent, file.silent());
    }

    /** Its pages say that it is longer than its sound, so something is missing. */
    @Test
    void brokenFileIsNotSilent() {
        byte[] note = VoiceNote.sounding(0, 3);
        Buffer lastPage = Buffer.buffer(VoiceNote.saying("", 30));

        assertFalse(note(VoiceNote.saying("Oi", 5)).silent());
        assertFalse(AudioFile.of(Buffer.buffer(note).appendBuffer(lastPage)).silent());
    }

    @Test
    void longFileIsNotDecoded() {
        assertFalse(AudioFile.of(wav(1_000, 1, 0, 301)).silent());
    }

    @Test
    void hostileBytesDoNotFail() {
        Random random = new Random(7);
        byte[] note = VoiceNote.sounding(0.1, 1);
        byte[] wav = wav(8_000, 1, 0, 1).getBytes();
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = (i % 4 == 0 ? wav : note).clone();
            for (int j = 0; j < 1 + random.nextInt(20); j++) {
                bytes[12 + random.nextInt(bytes.length - 12)] = (byte) random.nextInt();
            }
            int length = random.nextBoolean() ? bytes.length : 12 + random.nextInt(bytes.length - 12);
            Buffer hostile = Buffer.buffer(Arrays.copyOf(bytes, length));
            assertDoesNotThrow(() -> AudioFile.of(hostile));
        }
    }
}
