package dev.comuta.sandbox;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** How long a sound is: Ogg Opus and WAV. */
final class AudioLength {

    private static final int OPUS_RATE = 48_000;
    private static final int PRE_SKIP = 10;
    private static final int POSITION = 6;
    private static final int BYTE_RATE = 28;
    private static final int CHUNKS = 12;
    private static final int CHUNK_HEAD = 8;

    private AudioLength() {}

    /** {@return the seconds; 0 for a file of another kind} */
    static double seconds(Buffer audio) {
        String text = audio.toString(StandardCharsets.ISO_8859_1);
        if (text.startsWith("OggS")) {
            return ogg(audio, text);
        }
        return text.startsWith("RIFF") && text.startsWith("WAVE", CHUNK_HEAD) ? wav(audio, text) : 0;
    }

    /** The position of the last page, without the samples that are skipped first. */
    private static double ogg(Buffer audio, String text) {
        int head = text.indexOf("OpusHead");
        int last = text.lastIndexOf("OggS");
        if (head < 0 || last + POSITION + Long.BYTES > audio.length()) {
            return 0;
        }
        long samples = audio.getLongLE(last + POSITION) - audio.getUnsignedShortLE(head + PRE_SKIP);
        return Math.max(0, samples) / (double) OPUS_RATE;
    }

    private static double wav(Buffer audio, String text) {
        int at = CHUNKS;
        while (at + CHUNK_HEAD <= audio.length()) {
            long length = audio.getUnsignedIntLE(at + Integer.BYTES);
            if (text.startsWith("data", at)) {
                long bytes = Math.min(length, audio.length() - at - CHUNK_HEAD);
                return bytes / (double) Math.max(1, audio.getUnsignedIntLE(BYTE_RATE));
            }
            at += (int) Math.min(audio.length(), CHUNK_HEAD + length + length % 2);
        }
        return 0;
    }
}
