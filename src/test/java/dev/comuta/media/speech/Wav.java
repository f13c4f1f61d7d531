package dev.comuta.media.speech;

import io.vertx.core.buffer.Buffer;

/** Files of tests. */
final class Wav {

    private Wav() {}

    static Buffer header(int channels, int bits, int rate, long soundBytes) {
        return Buffer.buffer("RIFF")
                .appendIntLE((int) (36 + soundBytes))
                .appendString("WAVEfmt ")
                .appendIntLE(16)
                .appendBuffer(format(1, channels, bits, rate))
                .appendString("data")
                .appendIntLE((int) soundBytes);
    }

    static Buffer format(int tag, int channels, int bits, int rate) {
        return Buffer.buffer()
                .appendShortLE((short) tag)
                .appendShortLE((short) channels)
                .appendIntLE(rate)
                .appendIntLE(rate * channels * bits / 8)
                .appendShortLE((short) (channels * bits / 8))
                .appendShortLE((short) bits);
    }

    /** A sound: the value of a sample at a time in seconds. */
    interface Tone {
        double at(double seconds);

        Tone SILENCE = seconds -> 0;

        /** Speech that never pauses. */
        Tone SPEECH = seconds -> 0.3 * Math.sin(seconds * 2 * Math.PI * 300);

        default Tone between(double from, double to) {
            return seconds -> seconds >= from && seconds < to ? at(seconds) : 0;
        }

        default Tone and(Tone other) {
            return seconds -> at(seconds) + other.at(seconds);
        }
    }

    /** Frames of 16 bits of each tone. */
    static Buffer frames(int rate, double seconds, Tone... channels) {
        Buffer frames = Buffer.buffer();
        for (int frame = 0; frame < rate * seconds; frame++) {
            for (Tone channel : channels) {
                frames.appendShortLE((short) (channel.at(frame / (double) rate) * Short.MAX_VALUE));
            }
        }
        return frames;
    }

    static Buffer file(int rate, double seconds, Tone... channels) {
        Buffer frames = frames(rate, seconds, channels);
        return header(channels.length, 16, rate, frames.length()).appendBuffer(frames);
    }
}
