package dev.comuta.media.speech;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.buffer.Buffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The beginnings of WAV files, as programs write them. */
class WavHeaderTest {

    private static final int PLAIN = 44;

    private static WavHeader read(Buffer file) {
        return WavHeader.of(file, file.length());
    }

    private static Buffer sound(int bytes) {
        return Buffer.buffer(new byte[bytes]);
    }

    @ParameterizedTest
    @CsvSource({"1, 8, 8000", "2, 8, 8000", "1, 16, 16000", "2, 16, 8000"})
    void readsChannelsBitsAndRate(int channels, int bits, int rate) {
        int frame = channels * bits / 8;
        Buffer file = Wav.header(channels, bits, rate, 40L * frame).appendBuffer(sound(40 * frame));

        assertEquals(new WavHeader(channels, bits / 8, rate, PLAIN, 40), read(file));
    }

    /** A chunk of an odd length is followed by one byte that belongs to none. */
    @Test
    void skipsOtherChunksAlsoOfOddLength() {
        Buffer file = Buffer.buffer("RIFF\0\0\0\0WAVELIST")
                .appendIntLE(3)
                .appendString("abc\0fmt ")
                .appendIntLE(18)
                .appendBuffer(Wav.format(1, 2, 16, 8_000))
                .appendShortLE((short) 0)
                .appendString("fact")
                .appendIntLE(4)
                .appendIntLE(10)
                .appendString("data")
                .appendIntLE(40);
        int start = file.length();

        assertEquals(new WavHeader(2, 2, 8_000, start, 10), read(file.appendBuffer(sound(40))));
    }

    private static Buffer extensible(int coding) {
        return Buffer.buffer("RIFF\0\0\0\0WAVEfmt ")
                .appendIntLE(40)
                .appendBuffer(Wav.format(0xfffe, 2, 16, 8_000))
                .appendShortLE((short) 22)
                .appendShortLE((short) 16)
                .appendIntLE(3)
                .appendShortLE((short) coding)
                .appendBytes(new byte[14])
                .appendString("data")
                .appendIntLE(400)
                .appendBuffer(sound(400));
    }

    @Test
    void readsWaveFormatExtensible() {
        assertEquals(100, read(extensible(1)).frames());
        assertNull(read(extensible(3)));
    }

    @Test
    void fileThatWasCutOffHasFewerFramesThanItSays() {
        Buffer file = Wav.header(2, 16, 8_000, 4_000).appendBuffer(sound(402));

        assertEquals(100, read(file).frames());
        assertEquals(0, read(Wav.header(2, 16, 8_000, 4_000)).frames());
    }

    @ParameterizedTest
    @CsvSource({"0", "4294967295"})
    void soundOfUnknownLengthIsTheRestOfTheFile(long said) {
        Buffer file = Wav.header(2, 16, 8_000, said).appendBuffer(sound(400));

        assertEquals(100, read(file).frames());
    }

    @Test
    void soundAfterTheSaidLengthIsNoSound() {
        Buffer file = Wav.header(2, 16, 8_000, 400).appendBuffer(sound(404));

        assertEquals(100, read(file).frames());
    }

    @ParameterizedTest
    @CsvSource({"7, 1, 8, 8000", "1, 3, 16, 8000", "1, 1, 24, 8000", "3, 1, 32, 8000", "1, 0, 16, 8000", "1, 1, 16, 1"})
    void readsNoOtherCodings(int tag, int channels, int bits, int rate) {
        Buffer file = Buffer.buffer("RIFF\0\0\0\0WAVEfmt ")
                .appendIntLE(16)
                .appendBuffer(Wav.format(tag, channels, bits, rate))
                .appendString("data")
                .appendIntLE(40)
                .appendBuffer(sound(40));

        assertNull(read(file));
    }

    @Test
    void hostileBytesDoNotFail() {
        Random random = new Random(11);
        byte[] file = extensible(1).getBytes();
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = file.clone();
            for (int j = 0; j < 1 + random.nextInt(20); j++) {
                bytes[random.nextInt(80)] = (byte) random.nextInt();
            }
            Buffer hostile = Buffer.buffer(bytes).slice(0, random.nextInt(bytes.length));
            assertDoesNotThrow(() -> read(hostile));
        }
    }
}
