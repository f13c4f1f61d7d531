package dev.comuta.sandbox.voice;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Telephone sound: WAV of 8 kHz and 16 bits. */
final class Wav {

    private static final int RATE = 8_000;
    private static final int HEADER = 44;
    private static final int LONGEST = 120;
    private static final int FIRST_TONE = 440;

    private Wav() {}

    /** A tone on each channel, another on each; at most two minutes. */
    static byte[] tones(long seconds, int channels) {
        int samples = (int) Math.min(seconds, LONGEST) * RATE;
        int length = samples * channels * Short.BYTES;
        ByteBuffer wav = ByteBuffer.allocate(HEADER + length).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(ascii("RIFF"))
                .putInt(HEADER - 8 + length)
                .put(ascii("WAVEfmt "))
                .putInt(16);
        wav.putShort((short) 1).putShort((short) channels).putInt(RATE).putInt(RATE * channels * Short.BYTES);
        wav.putShort((short) (channels * Short.BYTES)).putShort((short) 16);
        wav.put(ascii("data")).putInt(length);
        for (int i = 0; i < samples; i++) {
            for (int channel = 1; channel <= channels; channel++) {
                wav.putShort((short) (Short.MAX_VALUE / 4.0 * Math.sin(2 * Math.PI * FIRST_TONE * channel * i / RATE)));
            }
        }
        return wav.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
