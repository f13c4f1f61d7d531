package dev.comuta.message;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OptOutWordsTest {

    private final OptOutWords words = new OptOutWords(List.of("SAIR", "PARAR", "STOP"));

    @Test
    void ignoresCaseAccentsAndPunctuation() {
        Stream.of("SAIR", "sair", " Sair. ", "PARAR!!!", "«stop»", "\nStop\n", "SAÍR", "sai\u0301r", "ＳＡＩＲ")
                .forEach(text -> assertTrue(words.matches(text), text));
    }

    @Test
    void rejectsOtherTexts() {
        Stream.of("", "…", "quero sair", "SAIR de casa", "parará", "stopp", "não pare", "SAIR".repeat(9))
                .forEach(text -> assertFalse(words.matches(text), text));
        assertFalse(words.matches(null));
    }
}
