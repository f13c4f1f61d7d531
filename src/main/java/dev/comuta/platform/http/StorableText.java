package dev.comuta.platform.http;

import java.text.BreakIterator;
import java.util.Locale;

/**
 * Text of other systems in a form that can be stored: PostgreSQL stores no U+0000 and no unpaired surrogate. Each is
 * replaced by U+FFFD. JSON is read through {@link StorableJson}, which does the same to values and field names.
 */
public final class StorableText {

    static final char REPLACEMENT = '\uFFFD';

    private StorableText() {}

    /** The text with U+FFFD for each character that cannot be stored; null for null. */
    public static String of(String text) {
        if (text == null || isStorable(text)) {
            return text;
        }
        StringBuilder storable = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            if (!isStorable(text, i)) {
                storable.setCharAt(i, REPLACEMENT);
            }
        }
        return storable.toString();
    }

    /** At most this many characters of the text, without a part of an emoji or of another combined character. */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text);
        int end = characters.isBoundary(most) ? most : characters.preceding(most);
        return text.substring(0, end > 0 ? end : wholeCodePoints(text, most));
    }

    /** For a combined character that is longer than the limit. */
    private static int wholeCodePoints(String text, int most) {
        boolean splitsPair = most > 0
                && Character.isHighSurrogate(text.charAt(most - 1))
                && Character.isLowSurrogate(text.charAt(most));
        return splitsPair ? most - 1 : most;
    }

    /** Whether the text has only characters that can be stored. */
    public static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isStorable(text, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isStorable(String text, int at) {
        char character = text.charAt(at);
        if (Character.isHighSurrogate(character)) {
            return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
        }
        if (Character.isLowSurrogate(character)) {
            return at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
        }
        return character != 0;
    }
}
