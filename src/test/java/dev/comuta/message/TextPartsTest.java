package dev.comuta.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.message.content.TextParts;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TextPartsTest {

    @Example
    void breaksBetweenParagraphsThenSentencesThenWords() {
        assertEquals(List.of("Um. Dois.", "Três."), split("Um. Dois.\n\nTrês.", 12));
        assertEquals(List.of("Primeira frase.", "Segunda frase."), split("Primeira frase. Segunda frase.", 20));
        assertEquals(List.of("palavra", "palavra", "palavra"), split("palavra palavra palavra", 10));
        assertEquals(List.of("linha um", "linha dois"), split("linha um\nlinha dois", 12));
    }

    @Example
    void aShortParagraphIsNoPartOfItsOwn() {
        assertEquals(List.of("Oi.\n\naaaa bbbb", "cccc dddd"), split("Oi.\n\naaaa bbbb cccc dddd", 16));
    }

    @Example
    void aShortTextIsOnePart() {
        assertEquals(List.of(" Oi \n"), split(" Oi \n", 5));
    }

    @Example
    void neverBreaksAnEmoji() {
        String family = "👨‍👩‍👧";
        assertEquals(List.of("ab" + family, family + "c"), split("ab" + family + family + "c", 12));
        assertEquals(List.of("🙂", "🙂"), split("🙂🙂", 3));
    }

    @Property(tries = 500)
    void losesOnlyWhiteSpaceAndKeepsTheLimit(@ForAll String text, @ForAll @IntRange(min = 4, max = 60) int most) {
        List<String> parts = split(text, most);

        assertEquals(withoutSpace(text), withoutSpace(String.join("", parts)));
        assertTrue(parts.stream().allMatch(part -> part.length() <= most), parts.toString());
    }

    private static List<String> split(String text, int most) {
        return TextParts.split(text, most).stream().map(range -> range.of(text)).toList();
    }

    private static String withoutSpace(String text) {
        return text.chars()
                .filter(c -> !Character.isWhitespace(c))
                .mapToObj(c -> String.valueOf((char) c))
                .collect(Collectors.joining());
    }
}
