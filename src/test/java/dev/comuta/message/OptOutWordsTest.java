package dev.comuta.message;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OptOutWordsTest {

    private final OptOutWords words = new OptOutWords(List.of("SAIR", "PARAR", "STOP"));

    @Test
    void matchesAWordInAnySpelling() {
        Stream.of("SAIR", "sair", " Sair. ", "PARAR!!!", "«stop»", "\nStop\n")
                .forEach(text -> assertTrue(words.are(text), text));
    }

    @Test
    void ignoresTextsWithOtherContent() {
        Stream.of("", "…", "quero sair", "SAIR de casa", "parará", "stopp", "não pare", "SAIR".repeat(9))
                .forEach(text -> assertFalse(words.are(text), text));
        assertFalse(words.are(null));
    }
}
