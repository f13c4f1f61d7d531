package dev.comuta.platform.object;

/**
 * The segments that hold a part of an object's text.
 *
 * @param size the size of the whole text
 * @param offset the first byte of the part
 * @param length the length of the part; 0 only for an empty text
 */
record SegmentRange(long size, long offset, long length) {

    SegmentRange {
        if (offset < 0 || length < 0 || offset + length > size || (length == 0 && size > 0)) {
            throw new IllegalArgumentException("the part is not within the object");
        }
    }

    long firstSegment() {
        return offset / SegmentCipher.SEGMENT;
    }

    long lastSegment() {
        return Math.max(0, offset + length - 1) / SegmentCipher.SEGMENT;
    }

    boolean isLastOfObject(long segment) {
        return segment == SegmentCipher.segments(size) - 1;
    }

    /** The position in the object of the first sealed byte. */
    long sealedOffset() {
        return SegmentCipher.positionOf(firstSegment());
    }

    /** The number of sealed bytes. */
    long sealedLength() {
        return SegmentCipher.positionOf(lastSegment()) + sealedLength(lastSegment()) - sealedOffset();
    }

    /** The sealed length of one segment. */
    int sealedLength(long segment) {
        return plainLength(segment) + SegmentCipher.TAG;
    }

    /** The first byte of the part in a segment's text. */
    int from(long segment) {
        return segment == firstSegment() ? (int) (offset % SegmentCipher.SEGMENT) : 0;
    }

    /** The end of the part in a segment's text. */
    int to(long segment) {
        long end = offset + length - segment * SegmentCipher.SEGMENT;
        return (int) Math.min(plainLength(segment), end);
    }

    private int plainLength(long segment) {
        return isLastOfObject(segment) ? (int) (size - segment * SegmentCipher.SEGMENT) : SegmentCipher.SEGMENT;
    }
}
