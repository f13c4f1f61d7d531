package dev.comuta.media.speech;

import io.vertx.core.buffer.Buffer;

/**
 * A page of an Ogg file (RFC 3533): a header, the lengths of its segments, the segments.
 *
 * @param start place of the header
 * @param body place of the first segment
 */
record OggPage(Buffer file, int start, int body) {

    private static final int HEADER = 27;
    private static final int FLAGS = 5;
    private static final int POSITION = 6;
    private static final int SEGMENTS = 26;
    private static final int BEGINS = 2;

    /** {@return the page at this place; null when there is none, or its header is cut off} */
    static OggPage at(Buffer file, int start) {
        if (start + HEADER > file.length() || !"OggS".equals(file.getString(start, start + 4, "ISO-8859-1"))) {
            return null;
        }
        int body = start + HEADER + file.getUnsignedByte(start + SEGMENTS);
        return body > file.length() ? null : new OggPage(file, start, body);
    }

    /** {@return the page after this one, or null} */
    OggPage next() {
        int length = 0;
        for (int i = 0; i < segments(); i++) {
            length += segment(i);
        }
        return at(file, body + length);
    }

    /** Whether a logical stream begins here. */
    boolean begins() {
        return (file.getByte(start + FLAGS) & BEGINS) != 0;
    }

    long position() {
        return file.getLongLE(start + POSITION);
    }

    int segments() {
        return file.getUnsignedByte(start + SEGMENTS);
    }

    /** The length of a segment. */
    int segment(int index) {
        return file.getUnsignedByte(start + HEADER + index);
    }

    /** Whether the body has these characters, below 256, at this place, and so many bytes as a whole. */
    boolean holds(String expected, int length) {
        return body + length <= file.length()
                && expected.equals(file.getString(body, body + expected.length(), "ISO-8859-1"));
    }
}
