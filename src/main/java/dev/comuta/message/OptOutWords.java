package dev.comuta.message;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Words by which an end user opts out of messages. Every inbound message is compared with them, so the length of a text
 * is checked first.
 */
final class OptOutWords {

    /** Additional characters allowed in a text: spaces and punctuation around the word. */
    private static final int PUNCTUATION = 8;

    private final Set<String> words;
    private final int maxLength;

    OptOutWords(Collection<String> words) {
        this.words = words.stream().map(OptOutWords::normalize).collect(Collectors.toUnmodifiableSet());
        maxLength = this.words.stream().mapToInt(String::length).max().orElse(0) + PUNCTUATION;
    }

    /** Whether the text is one of the words and nothing else. The text may be null. */
    boolean matches(String text) {
        return text != null && text.length() <= maxLength && words.contains(normalize(text));
    }

    int maxLength() {
        return maxLength;
    }

    /** The letters of the text without accents, in upper case: "Saír!" becomes "SAIR". */
    private static String normalize(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("[^\\p{L}]", "")
                .toUpperCase(Locale.ROOT);
    }
}
