package dev.comuta.media.speech;

import io.vertx.core.buffer.Buffer;

/**
 * What the beginning of a WAV file says about its sound. A frame has one sample of each channel.
 *
 * @param channels 1 or 2
 * @param bytes of a sample, 1 or 2
 * @param rate frames in a second
 * @param start place of the first frame in the file
 * @param frames their number; a file that was cut off has fewer than it says
 */
public record WavHeader(int channels, int bytes, int rate, long start, long frames) {

    /** The beginning of a file that is enough for {@link #of}. */
    public static final int MOST_BYTES = 64 << 10;

    private static final int FIRST_CHUNK = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int FORMAT_LENGTH = 16;
    private static final int EXTENDED_LENGTH = 40;
    private static final int SUB_FORMAT = 24;
    private static final int PCM = 1;
    private static final int EXTENSIBLE = 0xfffe;
    private static final int LOWEST_RATE = 4_000;
    private static final int HIGHEST_RATE = 192_000;

    /**
     * Reads the beginning of a file.
     *
     * @param size of the whole file
     * @return null when it is no WAV file with one or two channels of 8 or 16 bits
     */
    public static WavHeader of(Buffer head, long size) {
        if (head.length() < FIRST_CHUNK || !"RIFF".equals(name(head, 0)) || !"WAVE".equals(name(head, 8))) {
            return null;
        }
        WavHeader format = null;
        long chunk = FIRST_CHUNK;
        while (chunk + CHUNK_HEADER <= head.length()) {
            int at = (int) chunk;
            long length = head.getUnsignedIntLE(at + 4);
            if ("fmt ".equals(name(head, at))) {
                format = format(head, at + CHUNK_HEADER, length);
            } else if ("data".equals(name(head, at))) {
                return format == null ? null : format.withSound(at + CHUNK_HEADER, length, size);
            }
            chunk += CHUNK_HEADER + length + length % 2;
        }
        return null;
    }

    private static String name(Buffer file, int at) {
        return file.getString(at, at + 4, "ISO-8859-1");
    }

    private static WavHeader format(Buffer file, int at, long length) {
        if (length < FORMAT_LENGTH || at + length > file.length()) {
            return null;
        }
        int tag = file.getUnsignedShortLE(at);
        boolean named = tag == EXTENSIBLE && length >= EXTENDED_LENGTH;
        int coding = named ? file.getUnsignedShortLE(at + SUB_FORMAT) : tag;
        int channels = file.getUnsignedShortLE(at + 2);
        long rate = file.getUnsignedIntLE(at + 4);
        int bits = file.getUnsignedShortLE(at + 14);
        boolean readable = coding == PCM
                && (channels == 1 || channels == 2)
                && (bits == Byte.SIZE || bits == Short.SIZE)
                && rate >= LOWEST_RATE
                && rate <= HIGHEST_RATE;
        return readable ? new WavHeader(channels, bits / Byte.SIZE, (int) rate, 0, 0) : null;
    }

    /** A writer that did not return to its header leaves 0 or the largest number: then the sound is the rest of the file. */
    private WavHeader withSound(long at, long length, long size) {
        long rest = Math.max(0, size - at);
        long sound = length == 0 ? rest : Math.min(length, rest);
        return new WavHeader(channels, bytes, rate, at, sound / frameBytes());
    }

    /** Bytes of a frame. */
    public int frameBytes() {
        return channels * bytes;
    }

    /** The length of the sound. */
    public double seconds() {
        return frames / (double) rate;
    }

    /** The place of a frame in the file. */
    public long placeOf(long frame) {
        return start + frame * frameBytes();
    }

    /** The value of a sample, between -1 and 1. Samples of 8 bits have no sign. */
    double value(Buffer frames, int at) {
        return bytes == 1 ? (frames.getUnsignedByte(at) - 128) / 128.0 : frames.getShortLE(at) / 32_768.0;
    }
}
