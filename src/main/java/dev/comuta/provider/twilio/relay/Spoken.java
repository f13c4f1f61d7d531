package dev.comuta.provider.twilio.relay;

import dev.comuta.message.spoken.SpokenMessages.Line;
import dev.comuta.provider.twilio.relay.Command.Interrupted;
import java.util.ArrayList;
import java.util.List;

/**
 * What was spoken since the caller's last words, and how much of it was heard. Twilio reports what it spoke until an
 * interruption, possibly in other spelling, and possibly without the texts before: letters and digits are compared.
 */
final class Spoken {

    /** The id of our own texts, which are not stored. */
    static final long NOT_STORED = 0;

    private final List<Line> lines = new ArrayList<>();

    void add(long messageId, String text) {
        lines.add(new Line(messageId, text));
    }

    void clear() {
        lines.clear();
    }

    /**
     * The stored lines that were not heard to their end.
     *
     * @param heard what Twilio spoke until the interruption
     */
    List<Interrupted> cut(String heard) {
        String letters = letters(heard);
        int first = first(letters);
        List<Interrupted> cut = new ArrayList<>();
        int rest = common(letters, first);
        for (Line line : lines.subList(first, lines.size())) {
            int length = letters(line.text()).length();
            if (rest < length && line.messageId() != NOT_STORED) {
                cut.add(new Interrupted(line.messageId(), begin(line.text(), rest)));
            }
            rest = Math.max(0, rest - length);
        }
        return cut;
    }

    /** The line with which the heard text begins: the latest of those that agree with most of it. */
    private int first(String letters) {
        int best = 0;
        int longest = 0;
        for (int i = 0; i < lines.size(); i++) {
            int length = common(letters, i);
            if (length > 0 && length >= longest) {
                best = i;
                longest = length;
            }
        }
        return best;
    }

    /** How many letters of the text agree with the lines from one on. */
    private int common(String letters, int first) {
        StringBuilder spoken = new StringBuilder();
        lines.subList(first, lines.size()).forEach(line -> spoken.append(letters(line.text())));
        int end = Math.min(letters.length(), spoken.length());
        int same = 0;
        while (same < end && letters.charAt(same) == spoken.charAt(same)) {
            same++;
        }
        return same;
    }

    private static String letters(String text) {
        StringBuilder letters = new StringBuilder();
        text.codePoints()
                .filter(Character::isLetterOrDigit)
                .map(Character::toLowerCase)
                .forEach(letters::appendCodePoint);
        return letters.toString();
    }

    /** The begin of a text with so many letters. */
    private static String begin(String text, int letters) {
        int end = 0;
        int left = letters;
        while (left > 0 && end < text.length()) {
            int letter = text.codePointAt(end);
            int length = Character.charCount(letter);
            left -= Character.isLetterOrDigit(letter) ? length : 0;
            end += length;
        }
        return text.substring(0, end);
    }
}
