package dev.comuta.message;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.platform.db.TestTransactions;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reading and sending end within the time limit of an attempt. */
class SendLimitsTest {

    @Test
    void startsWhenReadingAndSendingFitIntoAnAttempt() {
        assertDoesNotThrow(() -> handler("15s").check(null));
    }

    @Test
    void doesNotStartWhenAnAttemptMayBeCutOffDuringACall() {
        assertThrows(ConfigurationException.class, () -> handler("14s").check(null));
    }

    private static SendMessageHandler handler(String timeLimit) {
        DeliveryConfig config =
                TestTransactions.config(DeliveryConfig.class, Map.of("comuta.delivery.time-limit", timeLimit));
        return new SendMessageHandler(
                new Senders(List.of(TestSender.of("Lento").withTimeLimit(Duration.ofSeconds(12)))),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                config);
    }
}
