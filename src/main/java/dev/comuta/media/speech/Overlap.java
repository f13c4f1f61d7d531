package dev.comuta.media.speech;

import dev.comuta.media.speech.Speech.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Joins the words of two parts of which the second begins with the end of the first. Words that both have are kept once. A
 * model may not understand the words at the cut, so the last ones of the first part and the first one of the second may
 * differ.
 */
public final class Overlap {

    /** Words that a person says in the seconds of an overlap. */
    private static final int MOST_WORDS = 15;

    private static final int MOST_BROKEN_BEFORE = 2;
    private static final int MOST_BROKEN_AFTER = 1;

    private Overlap() {}

    /** How many words are left out at the end of the first part and at the beginning of the second. */
    private record Doubled(int before, int after) {}

    /** {@return the segments of both, in order} */
    public static List<Segment> joined(List<Segment> before, List<Segment> after) {
        Doubled doubled = doubled(words(before), words(after));
        List<Segment> joined = new ArrayList<>(withoutLast(before, doubled.before()));
        joined.addAll(withoutFirst(after, doubled.after()));
        return joined;
    }

    private static List<String> words(List<Segment> segments) {
        return segments.stream().flatMap(part -> words(part).stream()).toList();
    }

    private static List<String> words(Segment part) {
        String text = part.text().strip();
        return text.isEmpty() ? List.of() : Arrays.asList(text.split("\\s+"));
    }

    private static Doubled doubled(List<String> before, List<String> after) {
        List<String> heard = before.stream().map(Overlap::plain).toList();
        List<String> again = after.stream().map(Overlap::plain).toList();
        for (int length = MOST_WORDS; length > 0; length--) {
            for (int last = 0; last <= (length > 1 ? MOST_BROKEN_BEFORE : 0); last++) {
                for (int first = 0; first <= (length > 1 ? MOST_BROKEN_AFTER : 0); first++) {
                    if (isEqual(heard, heard.size() - last - length, again, first, length)) {
                        return new Doubled(last, first + length);
                    }
                }
            }
        }
        return new Doubled(0, 0);
    }

    private static boolean isEqual(List<String> heard, int from, List<String> again, int first, int length) {
        return from >= 0
                && first + length <= again.size()
                && heard.subList(from, from + length).equals(again.subList(first, first + length));
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    private static List<Segment> withoutFirst(List<Segment> segments, int count) {
        List<Segment> kept = new ArrayList<>();
        int left = count;
        for (Segment part : segments) {
            List<String> words = words(part);
            int removed = Math.min(left, words.size());
            left -= removed;
            add(kept, part, words.subList(removed, words.size()), removed);
        }
        return kept;
    }

    private static List<Segment> withoutLast(List<Segment> segments, int count) {
        List<Segment> kept = new ArrayList<>();
        int left = count;
        for (Segment part : segments.reversed()) {
            List<String> words = words(part);
            int removed = Math.min(left, words.size());
            left -= removed;
            add(kept, part, words.subList(0, words.size() - removed), removed);
        }
        return kept.reversed();
    }

    private static void add(List<Segment> kept, Segment part, List<String> words, int removed) {
        if (removed == 0) {
            kept.add(part);
        } else if (!words.isEmpty()) {
            kept.add(new Segment(part.start(), part.end(), String.join(" ", words), part.speaker()));
        }
    }
}
