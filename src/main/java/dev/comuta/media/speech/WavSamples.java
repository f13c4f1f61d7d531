package dev.comuta.media.speech;

import io.vertx.core.buffer.Buffer;

/**
 * The samples of a WAV file of 16 bits.
 *
 * @param start place of the first one
 * @param count their number, of all its channels
 * @param perSecond their number in a second, of all its channels
 */
record WavSamples(Buffer file, int start, int count, int perSecond) {

    private static final int FIRST_CHUNK = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int FORMAT_LENGTH = 16;
    private static final int PCM = 1;

    /** {@return the samples of a file; null when it has no samples of 16 bits} */
    static WavSamples of(Buffer file) {
        int perSecond = 0;
        long chunk = FIRST_CHUNK;
        while (chunk + CHUNK_HEADER <= file.length()) {
            int at = (int) chunk;
            int body = at + CHUNK_HEADER;
            long length = file.getUnsignedIntLE(at + 4);
            String name = file.getString(at, at + 4, "ISO-8859-1");
            if ("fmt ".equals(name) && body + FORMAT_LENGTH <= file.length()) {
                perSecond = perSecond(file, body);
            } else if ("data".equals(name)) {
                long bytes = Math.min(length, file.length() - body);
                return perSecond <= 0 ? null : new WavSamples(file, body, (int) (bytes / Short.BYTES), perSecond);
            }
            chunk = body + length + length % 2;
        }
        return null;
    }

    private static int perSecond(Buffer file, int format) {
        boolean readable = file.getUnsignedShortLE(format) == PCM && file.getUnsignedShortLE(format + 14) == Short.SIZE;
        long perSecond = file.getUnsignedIntLE(format + 4) * file.getUnsignedShortLE(format + 2);
        return readable && perSecond < Integer.MAX_VALUE ? (int) perSecond : 0;
    }

    short at(int sample) {
        return file.getShortLE(start + Short.BYTES * sample);
    }

    double seconds() {
        return count / (double) perSecond;
    }
}
