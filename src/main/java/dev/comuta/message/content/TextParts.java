package dev.comuta.message.content;

import dev.comuta.platform.http.StorableText;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Splits a text that is too long for one message: between paragraphs, else between lines, sentences or words, and never
 * inside a character that is composed of several. Nothing but the white space between two parts is lost.
 */
public final class TextParts {

    private static final Locale LANGUAGE = Locale.of("pt", "BR");

    /** A part has at least this share of the limit, so that a short paragraph is no part of its own. */
    private static final int LEAST = 4;

    private TextParts() {}

    /** A part of a text, as positions in it. */
    public record Range(int begin, int end) {

        /** The part of the text. */
        public String of(String text) {
            return text.substring(Math.min(begin, text.length()), Math.min(end, text.length()));
        }
    }

    /**
     * Splits a text.
     *
     * @param most characters of a part
     * @return the parts in their order; the whole text when it is short enough
     */
    public static List<Range> split(String text, int most) {
        if (text.length() <= most) {
            return List.of(new Range(0, text.length()));
        }
        List<Range> parts = new ArrayList<>();
        int end = endOfText(text);
        for (int begin = skipSpace(text, 0); begin < end; ) {
            int next = end - begin <= most ? end : begin + breakOf(text.substring(begin, begin + most + 1), most);
            parts.add(new Range(begin, trimmed(text, begin, next)));
            begin = skipSpace(text, next);
        }
        return parts;
    }

    /** The place of the break in a text of which the last character belongs to the next part. */
    private static int breakOf(String text, int most) {
        int least = most / LEAST;
        int paragraph = text.lastIndexOf("\n\n", most);
        if (paragraph > least) {
            return paragraph;
        }
        int line = text.lastIndexOf('\n', most);
        if (line > least) {
            return line;
        }
        int sentence = lastBoundary(BreakIterator.getSentenceInstance(LANGUAGE), text, most);
        if (trimmed(text, 0, Math.max(0, sentence)) > least) {
            return sentence;
        }
        int space = lastSpace(text, most);
        return space > 0 ? space : Math.max(1, StorableText.cut(text, most).length());
    }

    private static int lastBoundary(BreakIterator boundaries, String text, int most) {
        boundaries.setText(text);
        return boundaries.isBoundary(most) ? most : boundaries.preceding(most);
    }

    private static int lastSpace(String text, int most) {
        int at = most;
        while (at > 0 && !Character.isWhitespace(text.charAt(at))) {
            at--;
        }
        return at;
    }

    private static int skipSpace(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int endOfText(String text) {
        return trimmed(text, 0, text.length());
    }

    private static int trimmed(String text, int begin, int end) {
        int at = end;
        while (at > begin && Character.isWhitespace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }
}
