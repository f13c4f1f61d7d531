package dev.comuta.media.speech;

import io.vertx.core.buffer.Buffer;

/**
 * The length of an Ogg file with Opus or Vorbis (RFC 3533, RFC 7845), read from its pages without decoding: the position
 * in the last page, without the samples that a decoder discards at the beginning. Logical streams that follow each other
 * are added.
 */
final class OggDuration {

    private static final int OPUS_RATE = 48_000;
    private static final int OPUS_HEAD = 19;
    private static final int PRE_SKIP = 10;
    private static final int VORBIS_HEAD = 16;
    private static final int VORBIS_RATE = 12;

    private double ended;
    private long position;
    private long skipped;
    private long rate;

    private OggDuration() {}

    /** {@return the length in seconds, or null when the file does not say it} */
    static Double of(Buffer file) {
        OggDuration duration = new OggDuration();
        for (OggPage page = OggPage.at(file, 0); page != null; page = page.next()) {
            duration.read(page);
        }
        double seconds = duration.ended + duration.current();
        return seconds > 0 ? seconds : null;
    }

    /** A file that is cut off ends with its last whole header. */
    private void read(OggPage page) {
        if (page.begins()) {
            begin(page);
        }
        position = Math.max(position, page.position());
    }

    private void begin(OggPage page) {
        ended += current();
        position = 0;
        rate = 0;
        if (page.holds("OpusHead", OPUS_HEAD)) {
            rate = OPUS_RATE;
            skipped = page.file().getUnsignedShortLE(page.body() + PRE_SKIP);
        } else if (page.holds("\u0001vorbis", VORBIS_HEAD)) {
            rate = page.file().getUnsignedIntLE(page.body() + VORBIS_RATE);
            skipped = 0;
        }
    }

    private double current() {
        return rate == 0 ? 0 : Math.max(0, position - skipped) / (double) rate;
    }
}
