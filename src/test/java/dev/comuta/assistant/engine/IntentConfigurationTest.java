package dev.comuta.assistant.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.assistant.engine.IntentConfiguration.Intent;
import dev.comuta.assistant.expression.BoundedPattern;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntentConfigurationTest {

    private static final String PATTERN = "(?:a|b)*x1$";

    @Test
    void fewPatternsSearchTheWholeMessage() {
        assertEquals(4_096, configuration(5).searched(8));
        assertEquals(4_096, configuration(0).searched(1));
    }

    @Test
    void manyPatternsSearchTheStartOfTheMessagesOfATurn() {
        IntentConfiguration many = configuration(200);
        many.requirePatterns();
        int instructions = BoundedPattern.of(PATTERN, true).size() * 5 * 200;
        for (int messages = 1; messages <= 8; messages++) {
            assertTrue((long) many.searched(messages) * messages * instructions <= 8_000_000);
            assertTrue(many.searched(messages) > 0);
        }
    }

    private static IntentConfiguration configuration(int intents) {
        List<String> patterns = Collections.nCopies(5, PATTERN);
        Intent intent = new Intent(null, patterns, null, null, null, null, null, null);
        return new IntentConfiguration(null, Collections.nCopies(intents, intent), null, null, null);
    }
}
