package dev.comuta.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.message.pace.Throttled;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A message that may not be sent now is postponed, and no request is made. */
class PacedSendingTest {

    private static SendingDatabase database;

    private final TestSender sender = TestSender.of("Limitado").withPace();
    private final TaskHandler handler = database.sending(sender);

    @BeforeAll
    static void start() {
        database = new SendingDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void aMessageBeyondTheRateOfTheChannelIsPostponedWithoutARequest() {
        long session = session("{\"messagesPerSecond\": 1}");

        assertInstanceOf(Outcome.Done.class, send(session));
        Outcome.Postponed postponed = assertInstanceOf(Outcome.Postponed.class, send(session));

        assertTrue(postponed.after().isPositive());
        assertEquals(1, sender.requests.size());
    }

    @Test
    void aRefusalForTheRateIsADefiniteAnswerThatDoesNotCount() {
        long session = session("{}");
        sender.refuse(new Throttled(Throttled.Scope.NUMBER, "too many", Duration.ofSeconds(3)));
        ClaimedTask task = database.text(session);

        Outcome.Postponed postponed = assertInstanceOf(
                Outcome.Postponed.class, handler.run(task).await().indefinitely());

        assertTrue(postponed.after().compareTo(Duration.ofSeconds(3)) >= 0, postponed.toString());
        assertInstanceOf(Outcome.Postponed.class, send(session));
        assertEquals(1, sender.requests.size());
        assertFalse(task.unfinished());
    }

    private static long session(String settings) {
        return database.session("Limitado", settings, null);
    }

    private Outcome send(long session) {
        return handler.run(database.text(session)).await().indefinitely();
    }
}
