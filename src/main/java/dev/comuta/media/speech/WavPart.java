package dev.comuta.media.speech;

import io.vertx.core.buffer.Buffer;

/**
 * A part of one channel of a WAV file.
 *
 * @param channel from 0
 * @param number from 0, in the channel
 * @param from the first frame
 * @param to the frame after the last one
 * @param overlaps whether it begins with the end of the part before, because there was no pause to cut at
 */
public record WavPart(WavHeader header, int channel, int number, long from, long to, boolean overlaps) {

    private static final int HEADER = 44;
    private static final int FORMAT_LENGTH = 16;

    /** Bytes of the file that it makes. */
    public int size() {
        return Math.toIntExact(HEADER + (to - from) * header.bytes());
    }

    /** The place of its first frame in the file. */
    public long place() {
        return header.placeOf(from);
    }

    /** The bytes of its frames in the file, those of the other channel included. */
    public long length() {
        return (to - from) * header.frameBytes();
    }

    /** Seconds from the beginning of the recording. */
    public double start() {
        return from / (double) header.rate();
    }

    /** Its end in seconds from the beginning of the recording. */
    public double end() {
        return to / (double) header.rate();
    }

    /** Collects its samples from the bytes at its place. */
    public final class Samples {

        private final Buffer wav = begun();
        private final WavFrames frames = new WavFrames(header, this::add);

        /** Reads the next bytes, which may end within a frame. */
        public void read(Buffer bytes) {
            frames.read(bytes);
        }

        private void add(Buffer whole) {
            for (int at = channel * header.bytes(); at < whole.length(); at += header.frameBytes()) {
                if (header.bytes() == 1) {
                    wav.appendByte(whole.getByte(at));
                } else {
                    wav.appendShort(whole.getShort(at));
                }
            }
        }

        /** {@return a WAV file with one channel} */
        public AudioFile file() {
            return new AudioFile(wav, AudioFormat.WAV, (to - from) / (double) header.rate(), false);
        }
    }

    private Buffer begun() {
        int sound = size() - HEADER;
        return Buffer.buffer(size())
                .appendString("RIFF")
                .appendIntLE(size() - 8)
                .appendString("WAVEfmt ")
                .appendIntLE(FORMAT_LENGTH)
                .appendShortLE((short) 1)
                .appendShortLE((short) 1)
                .appendIntLE(header.rate())
                .appendIntLE(header.rate() * header.bytes())
                .appendShortLE((short) header.bytes())
                .appendShortLE((short) (header.bytes() * Byte.SIZE))
                .appendString("data")
                .appendIntLE(sound);
    }
}
