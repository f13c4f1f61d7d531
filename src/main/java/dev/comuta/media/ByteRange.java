package dev.comuta.media;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a file that a request asks for (RFC 9110, 14.2): one range of bytes. Other ranges are ignored, as the RFC
 * allows.
 *
 * @param partial whether it is a part of the file, and not the whole one
 */
record ByteRange(long first, long length, boolean partial) {

    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /**
     * The part.
     *
     * @param header the value of Range; may be null
     * @param size of the file, at least 1
     * @return null when the file has no such part
     */
    static ByteRange of(String header, long size) {
        Matcher range = ONE.matcher(header == null ? "" : header);
        if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
            return new ByteRange(0, size, false);
        }
        if (range.group(1).isEmpty()) {
            long suffix = Math.min(size, Long.parseLong(range.group(2)));
            return suffix == 0 ? null : new ByteRange(size - suffix, suffix, true);
        }
        long first = Long.parseLong(range.group(1));
        long last = range.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(range.group(2)));
        if (last < first) {
            return first < size ? new ByteRange(0, size, false) : null;
        }
        return new ByteRange(first, last - first + 1, true);
    }

    /** The value of Content-Range. */
    String contentRange(long size) {
        return "bytes " + first + "-" + (first + length - 1) + "/" + size;
    }
}
