package dev.comuta.media.speech;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cuts a long WAV file into parts that a model accepts: each channel for itself, in pauses, without silence at the edges of
 * a part. Parts without sound are left out. Where nobody pauses, the next part repeats the last seconds of a part.
 */
public final class WavParts {

    private static final int HEADER = 44;
    private static final int MARGIN_SECONDS = 10;
    private static final int OVERLAP_SECONDS = 3;

    /** Tenths of a second that make a pause, and that remain before and after the sound of a part. */
    private static final int PAUSE = 3;

    private final WavHeader header;
    private final WavSound sound;
    private final int channel;
    private final double pauseLevel;
    private final long most;
    private final List<WavPart> parts = new ArrayList<>();

    private WavParts(WavHeader header, WavSound sound, int channel, long most) {
        this.header = header;
        this.sound = sound;
        this.channel = channel;
        this.pauseLevel = sound.pauseLevel(channel);
        this.most = most;
    }

    /**
     * The parts of a file, channel by channel, in order of time. Of two channels with the same sound there is one.
     *
     * @param sound of the whole file
     * @param mostSeconds the limit of the model; null for none
     */
    public static List<WavPart> of(WavHeader header, WavSound sound, Integer mostSeconds) {
        long most = most(header, mostSeconds);
        return IntStream.range(0, sound.isTwice() ? 1 : header.channels())
                .mapToObj(channel -> new WavParts(header, sound, channel, most).cut())
                .flatMap(List::stream)
                .toList();
    }

    /** Frames of the longest part. */
    private static long most(WavHeader header, Integer mostSeconds) {
        long bySize = ((long) SpeechLimits.MOST_BYTES - HEADER) / header.bytes();
        if (mostSeconds == null) {
            return bySize;
        }
        double seconds = Math.max(mostSeconds - MARGIN_SECONDS, mostSeconds / 2.0);
        return Math.min(bySize, (long) (seconds * header.rate()));
    }

    private List<WavPart> cut() {
        long from = 0;
        boolean overlaps = false;
        while (from < header.frames()) {
            long last = Math.min(from + most, header.frames());
            long pause = last == header.frames() ? last : pauseBefore(from, last);
            boolean isInPause = pause > from;
            long to = isInPause ? pause : last;
            add(from, to, overlaps);
            from = isInPause ? to : to - overlap();
            overlaps = !isInPause;
        }
        return parts;
    }

    private long overlap() {
        return Math.min((long) OVERLAP_SECONDS * header.rate(), most / 4);
    }

    /** The middle of the last pause in the second half of a part; -1 when there is none. */
    private long pauseBefore(long from, long last) {
        int window = WavSound.windowFrames(header);
        int quiet = 0;
        for (long at = last / window - 1; at * window >= from + (last - from) / 2; at--) {
            boolean isQuiet = at < sound.windows() && sound.loudness(channel, (int) at) < pauseLevel;
            quiet = isQuiet ? quiet + 1 : 0;
            if (quiet == PAUSE) {
                return at * window + (long) PAUSE * window / 2;
            }
        }
        return -1;
    }

    /** Adds what sounds between two frames. */
    private void add(long from, long to, boolean overlaps) {
        int window = WavSound.windowFrames(header);
        int first = (int) (from / window);
        int end = Math.min((int) ((to + window - 1) / window), sound.windows());
        int begins = first;
        while (begins < end && !sound.sounds(channel, begins)) {
            begins++;
        }
        int ends = end;
        while (ends > begins && !sound.sounds(channel, ends - 1)) {
            ends--;
        }
        if (begins < ends) {
            long start = Math.max(from, (long) (begins - PAUSE) * window);
            long stop = Math.min(to, (long) (ends + PAUSE) * window);
            parts.add(new WavPart(header, channel, parts.size(), start, stop, overlaps));
        }
    }
}
