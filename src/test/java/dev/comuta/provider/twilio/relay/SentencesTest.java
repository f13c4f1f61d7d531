package dev.comuta.provider.twilio.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SentencesTest {

    @Test
    void splitsAtSentences() {
        assertEquals(List.of("Temos três. ", "Qual prefere?"), Sentences.of("Temos três. Qual prefere?"));
        assertEquals(List.of("Claro"), Sentences.of("Claro"));
        assertEquals(List.of(), Sentences.of(" "));
    }

    @Test
    void splitsALongSentenceAtASpace() {
        String word = "a".repeat(99) + " ";
        assertEquals(List.of(word + word, word + "a"), Sentences.of(word + word + word + "a"));
    }

    @Test
    void doesNotSplitACharacter() {
        String text = "a" + "𝐀".repeat(130);
        assertEquals(249, Sentences.of(text).getFirst().length());
    }

    @Property
    void thePartsAreTheText(@ForAll String text) {
        List<String> parts = Sentences.of(text);
        assertEquals(text.isBlank() ? "" : text, String.join("", parts));
        assertTrue(parts.stream().allMatch(part -> !part.isEmpty() && part.length() <= Sentences.MAX));
    }
}
