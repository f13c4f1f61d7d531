package dev.comuta.media.speech;

import io.vertx.core.buffer.Buffer;

/**
 * The length of an Ogg file with Opus or Vorbis (RFC 3533, RFC 7845), read from its pages without decoding: the position
 * in the last page, without the samples that a decoder discards at the beginning. Logical streams that follow each other
 * are added.
 */
final class OggDuration {

    private static final int HEADER = 27;
    private static final int FLAGS = 5;
    private static final int POSITION = 6;
    private static final int SEGMENTS = 26;
    private static final int BEGINS = 2;
    private static final int OPUS_RATE = 48_000;
    private static final int OPUS_HEAD = 19;
    private static final int PRE_SKIP = 10;
    private static final int VORBIS_HEAD = 16;
    private static final int VORBIS_RATE = 12;

    private final Buffer file;
    private double ended;
    private long position;
    private long skipped;
    private long rate;

    private OggDuration(Buffer file) {
        this.file = file;
    }

    /** {@return the length in seconds, or null when the file does not say it} */
    static Double of(Buffer file) {
        OggDuration duration = new OggDuration(file);
        int page = 0;
        while (page >= 0) {
            page = duration.read(page);
        }
        double seconds = duration.ended + duration.current();
        return seconds > 0 ? seconds : null;
    }

    /** Reads a page; returns the place of the next one, or -1 when there is none. A file that is cut off ends here. */
    private int read(int page) {
        if (page + HEADER > file.length() || !"OggS".equals(text(page, 4))) {
            return -1;
        }
        int segments = file.getUnsignedByte(page + SEGMENTS);
        int body = page + HEADER + segments;
        if (body > file.length()) {
            return -1;
        }
        int length = 0;
        for (int i = 0; i < segments; i++) {
            length += file.getUnsignedByte(page + HEADER + i);
        }
        if ((file.getByte(page + FLAGS) & BEGINS) != 0) {
            begin(body);
        }
        position = Math.max(position, file.getLongLE(page + POSITION));
        return body + length;
    }

    private void begin(int body) {
        ended += current();
        position = 0;
        rate = 0;
        if (body + OPUS_HEAD <= file.length() && "OpusHead".equals(text(body, 8))) {
            rate = OPUS_RATE;
            skipped = file.getUnsignedShortLE(body + PRE_SKIP);
        } else if (body + VORBIS_HEAD <= file.length() && "\u0001vorbis".equals(text(body, 7))) {
            rate = file.getUnsignedIntLE(body + VORBIS_RATE);
            skipped = 0;
        }
    }

    private double current() {
        return rate == 0 ? 0 : Math.max(0, position - skipped) / (double) rate;
    }

    private String text(int at, int length) {
        return file.getString(at, at + length, "ISO-8859-1");
    }
}
