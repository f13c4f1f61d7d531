package dev.comuta.assistant.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.assistant.turn.Conversation.Choice;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an engine wrote, within the bounds of a summary. */
class SummaryTest {

    private static final Conversation CONVERSATION = new Conversation(
            1, null, List.of(), List.of(new Choice("Visita marcada", null), new Choice("Retorno", null)));

    @Test
    void anOutcomeIsOneOfTheChoicesOrNone() {
        assertEquals("Visita marcada", outcome(" visita MARCADA "));
        assertNull(outcome("Aprovado"));
        assertNull(outcome(""));
        assertNull(outcome(null));
    }

    @Test
    void aTextIsStrippedAndBounded() {
        assertEquals("Maria ligou.\nQuer visitar.", text(" Maria\u0000 ligou.\r\nQuer\u0007 visitar.\n"));
        assertNull(text(" \u0000\n "));
        assertNull(text(null));
        String cut = text("á".repeat(Summary.LONGEST + 1));
        assertEquals(Summary.LONGEST, cut.length());
        assertTrue(cut.endsWith("á…"));
    }

    private static String outcome(String answered) {
        return Summary.of(CONVERSATION, "x", answered, 0).outcome();
    }

    private static String text(String answered) {
        return Summary.of(CONVERSATION, answered, null, 0).text();
    }
}
