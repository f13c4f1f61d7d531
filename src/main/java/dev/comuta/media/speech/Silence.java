package dev.comuta.media.speech;

import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.vertx.core.buffer.Buffer;

/**
 * Recognizes a recording without sound, for which models invent words. It decodes Opus, and reads WAV with samples of 16
 * bits; of other formats, and of long or broken files, it says nothing.
 */
final class Silence {

    /** The loudest tenth of a second of speech is louder than this, even from a bad microphone: -55 dB of the full scale. */
    private static final double LOUDNESS = 0.0018;

    /** A longer recording is not decoded, because it takes too long. */
    private static final double MOST_SECONDS = 300;

    /** A file with less sound than it says is broken. */
    private static final double LEAST_PART = 0.9;

    /** The decoder returns no sound at lower rates for most packets. */
    private static final int RATE = 48_000;

    private static final int WINDOW = RATE / 10;
    private static final int LONGEST_PACKET = RATE * 120 / 1_000;

    private double sum;
    private int samples;
    private double seconds;

    private Silence() {}

    /** Whether the file is known to have no sound. */
    static boolean in(Buffer file, AudioFormat format, Double length) {
        if (length == null || length > MOST_SECONDS) {
            return false;
        }
        Silence silence = new Silence();
        boolean silent =
                switch (format) {
                    case OGG -> silence.isKept(OpusPackets.of(file));
                    case WAV -> silence.isKept(WavSamples.of(file));
                    default -> false;
                };
        return silent && silence.seconds >= LEAST_PART * length;
    }

    private boolean isKept(OpusPackets packets) {
        if (packets == null) {
            return false;
        }
        short[] sound = new short[LONGEST_PACKET];
        try {
            OpusDecoder decoder = new OpusDecoder(RATE, 1);
            boolean silent = true;
            while (silent && packets.hasNext()) {
                Buffer packet = packets.next();
                int decoded = decoder.decode(packet.getBytes(), 0, packet.length(), sound, 0, LONGEST_PACKET, false);
                for (int i = 0; silent && i < decoded; i++) {
                    silent = isSilentWith(sound[i], RATE, WINDOW);
                }
            }
            return silent;
        } catch (OpusException | RuntimeException | AssertionError broken) {
            return false;
        }
    }

    private boolean isKept(WavSamples wav) {
        if (wav == null) {
            return false;
        }
        boolean silent = true;
        for (int i = 0; silent && i < wav.count(); i++) {
            silent = isSilentWith(wav.at(i), wav.perSecond(), wav.perSecond() / 10);
        }
        return silent;
    }

    /** Adds a sample; false when its window is loud. */
    private boolean isSilentWith(short sample, int rate, int window) {
        double value = sample / (double) Short.MAX_VALUE;
        sum += value * value;
        samples++;
        seconds += 1.0 / rate;
        if (samples < window) {
            return true;
        }
        boolean silent = Math.sqrt(sum / samples) < LOUDNESS;
        sum = 0;
        samples = 0;
        return silent;
    }
}
