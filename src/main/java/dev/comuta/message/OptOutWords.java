package dev.comuta.message;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Words by which somebody asks to be left alone. Looked for in every message that comes in, so a text that is longer than
 * any of them costs one comparison.
 */
final class OptOutWords {

    /** Room for spaces and punctuation around a word. */
    private static final int TRIMMINGS = 8;

    private final Set<String> words;
    private final int longest;

    OptOutWords(Collection<String> words) {
        this.words = words.stream().map(OptOutWords::bare).collect(Collectors.toUnmodifiableSet());
        longest = this.words.stream().mapToInt(String::length).max().orElse(0) + TRIMMINGS;
    }

    /** Whether the text, which may be null, is such a word and nothing else. */
    boolean are(String text) {
        return text != null && text.length() <= longest && words.contains(bare(text));
    }

    int longest() {
        return longest;
    }

    /** Letters only, and each as a capital: "Sair!" is "SAIR". */
    private static String bare(String text) {
        return text.replaceAll("[^\\p{L}]", "").toUpperCase(Locale.ROOT);
    }
}
