package dev.comuta.provider.twilio.relay;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Splits a text into parts of at most 250 characters, at sentences if possible: so speech begins early. */
final class Sentences {

    static final int MAX = 250;

    private static final Locale PORTUGUESE = Locale.forLanguageTag("pt-BR");

    private Sentences() {}

    /** {@return the parts, which together are the text; none of a blank text} */
    static List<String> of(String text) {
        List<String> parts = new ArrayList<>();
        if (!text.isBlank()) {
            BreakIterator sentences = BreakIterator.getSentenceInstance(PORTUGUESE);
            sentences.setText(text);
            int begin = sentences.first();
            for (int end = sentences.next(); end != BreakIterator.DONE; end = sentences.next()) {
                add(parts, text.substring(begin, end));
                begin = end;
            }
        }
        return parts;
    }

    private static void add(List<String> parts, String sentence) {
        String rest = sentence;
        while (rest.length() > MAX) {
            int end = end(rest);
            parts.add(rest.substring(0, end));
            rest = rest.substring(end);
        }
        if (!rest.isEmpty()) {
            parts.add(rest);
        }
    }

    /** After the last space within the limit; else at the limit, but never within a character. */
    private static int end(String text) {
        int space = text.lastIndexOf(' ', MAX - 1);
        if (space > 0) {
            return space + 1;
        }
        return Character.isHighSurrogate(text.charAt(MAX - 1)) ? MAX - 1 : MAX;
    }
}
