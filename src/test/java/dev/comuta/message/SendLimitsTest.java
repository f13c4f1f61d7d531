package dev.comuta.message;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.channel.Provider;
import dev.comuta.message.content.Content;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.problem.Problem.Violation;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reading and sending end within the time limit of an attempt. */
class SendLimitsTest {

    private static final class SlowSender implements MessageSender {

        @Override
        public Provider provider() {
            return Provider.of("Lento");
        }

        @Override
        public Duration timeLimit() {
            return Duration.ofSeconds(12);
        }

        @Override
        public int maxText() {
            return 1_000;
        }

        @Override
        public Violation objection(Content content) {
            return null;
        }

        @Override
        public Uni<String> send(OutgoingMessage message) {
            return Uni.createFrom().nothing();
        }
    }

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
                new Senders(List.of(new SlowSender())), null, null, null, null, null, null, null, null, null, config);
    }
}
