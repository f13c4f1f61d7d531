package dev.comuta.sandbox;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * A voice note as WhatsApp sends it, for tests: an Ogg file with Opus headers (RFC 7845), whose words are a comment and
 * not sound. The simulated transcription returns them.
 */
public final class VoiceNote {

    private static final String COMMENT = "DESCRIPTION=";
    private static final int OPUS_RATE = 48_000;
    private static final int PRE_SKIP = 312;
    private static final int SERIAL = 7;
    private static final byte BEGINS = 2;
    private static final byte ENDS = 4;
    private static final int LONGEST_SEGMENT = 255;
    private static final int HEADERS = 2;
    private static final int LONGEST_PACKET = 1_275;
    private static final int PACKET_SAMPLES = OPUS_RATE / 50;
    private static final int TONE = 440;

    private VoiceNote() {}

    /** A voice note of this length that says these words. */
    public static byte[] saying(String words, int seconds) {
        Buffer sound = Buffer.buffer(new byte[] {(byte) 0xf8, (byte) 0xff, (byte) 0xfe});
        return headers(words)
                .appendBuffer(page(ENDS, (long) seconds * OPUS_RATE + PRE_SKIP, HEADERS, sound))
                .getBytes();
    }

    /**
     * A voice note with real sound, a tone of 440 Hz.
     *
     * @param loudness between 0, no sound, and 1
     */
    public static byte[] sounding(double loudness, int seconds) {
        Buffer note = headers("");
        byte[] packet = new byte[LONGEST_PACKET];
        short[] sound = new short[PACKET_SAMPLES];
        try {
            OpusEncoder encoder = new OpusEncoder(OPUS_RATE, 1, OpusApplication.OPUS_APPLICATION_VOIP);
            int packets = seconds * OPUS_RATE / PACKET_SAMPLES;
            for (int i = 0; i < packets; i++) {
                for (int j = 0; j < PACKET_SAMPLES; j++) {
                    double angle = 2 * Math.PI * TONE * (i * PACKET_SAMPLES + j) / OPUS_RATE;
                    sound[j] = (short) (loudness * Short.MAX_VALUE * Math.sin(angle));
                }
                int length = encoder.encode(sound, 0, PACKET_SAMPLES, packet, 0, LONGEST_PACKET);
                long position = (i + 1L) * PACKET_SAMPLES + (i == packets - 1 ? PRE_SKIP : 0);
                note.appendBuffer(page(
                        i == packets - 1 ? ENDS : 0,
                        position,
                        HEADERS + i,
                        Buffer.buffer().appendBytes(packet, 0, length)));
            }
            return note.getBytes();
        } catch (OpusException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Buffer headers(String words) {
        Buffer head = Buffer.buffer("OpusHead")
                .appendByte((byte) 1)
                .appendByte((byte) 1)
                .appendUnsignedShortLE(PRE_SKIP)
                .appendUnsignedIntLE(OPUS_RATE)
                .appendUnsignedShortLE(0)
                .appendByte((byte) 0);
        byte[] comment = (COMMENT + words).getBytes(StandardCharsets.UTF_8);
        Buffer tags = Buffer.buffer("OpusTags")
                .appendUnsignedIntLE(0)
                .appendUnsignedIntLE(1)
                .appendUnsignedIntLE(comment.length)
                .appendBytes(comment);
        return page(BEGINS, 0, 0, head).appendBuffer(page((byte) 0, 0, 1, tags));
    }

    private static Buffer page(byte flags, long position, int number, Buffer packet) {
        int whole = packet.length() / LONGEST_SEGMENT;
        Buffer page = Buffer.buffer("OggS")
                .appendByte((byte) 0)
                .appendByte(flags)
                .appendLongLE(position)
                .appendUnsignedIntLE(SERIAL)
                .appendUnsignedIntLE(number)
                .appendUnsignedIntLE(0)
                .appendByte((byte) (whole + 1));
        for (int i = 0; i < whole; i++) {
            page.appendByte((byte) LONGEST_SEGMENT);
        }
        return page.appendByte((byte) (packet.length() % LONGEST_SEGMENT)).appendBuffer(packet);
    }

    /** {@return the words of a voice note of this class; null for any other file} */
    static String wordsIn(Buffer audio) {
        String text = audio.toString(StandardCharsets.ISO_8859_1);
        int comment = text.indexOf(COMMENT);
        if (!text.startsWith("OggS") || comment < Integer.BYTES) {
            return null;
        }
        int length = audio.getIntLE(comment - Integer.BYTES) - COMMENT.length();
        int start = comment + COMMENT.length();
        return length < 0 || start + length > audio.length()
                ? null
                : audio.getString(start, start + length, StandardCharsets.UTF_8.name());
    }
}
