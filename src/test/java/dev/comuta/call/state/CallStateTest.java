package dev.comuta.call.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.call.state.Orders.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The state machine of calls, exhaustively. */
class CallStateTest {

    private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");

    @ParameterizedTest
    @EnumSource(CallStatus.class)
    void movesForwardOnlyAndStaysInAFinalStatus(CallStatus from) {
        for (CallStatus news : CallStatus.values()) {
            CallState after = CallState.begun(from).after(CallNews.of(news), NOW);

            boolean moves = !from.isFinal() && news.compareTo(from) > 0;
            assertEquals(moves ? news : from, after.status(), from + " after " + news);
            assertTrue(after.status().compareTo(from) >= 0);
            assertEquals(after.status().isFinal(), after.endedAt() != null);
        }
    }

    @ParameterizedTest
    @EnumSource(CallStatus.class)
    void anEndOfUnknownKindIsConcludedFromTheConnection(CallStatus from) {
        CallState after = CallState.begun(from).after(CallNews.ended(), NOW);

        CallStatus expected = from.isFinal() ? from : from.isAnswered() ? CallStatus.COMPLETED : CallStatus.NO_ANSWER;
        assertEquals(expected, after.status());
        assertEquals(!from.isFinal(), after.presumedEnd());
    }

    /** Each status, also of a call that was answered before, and of one whose end was concluded. */
    static Stream<CallState> states() {
        CallNews answered = CallNews.of(CallStatus.IN_PROGRESS);
        return Arrays.stream(CallStatus.values())
                .flatMap(status -> Stream.of(
                        CallState.begun(status),
                        CallState.begun(status).after(answered, NOW),
                        CallState.begun(status).after(CallNews.ended(), NOW),
                        CallState.begun(status).after(CallNews.ended(), NOW).after(answered, NOW)))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("states")
    void everyWordInEveryStateKeepsWhatIsKnownAndChangesNothingTheSecondTime(CallState before) {
        for (CallStatus word : CallStatus.values()) {
            CallState after = before.after(CallNews.of(word), NOW);
            String step = before + " after " + word;

            assertEquals(before.connected() || word.isAnswered(), after.connected(), step);
            assertFalse(before.status().isFinal() && !after.status().isFinal(), step);
            assertTrue(before.presumedEnd() || after.status().compareTo(before.status()) >= 0, step);
            assertTrue(!before.status().isFinal() || before.presumedEnd() || after.status() == before.status(), step);
            assertEquals(word.isFinal() && before.presumedEnd(), before.presumedEnd() && !after.presumedEnd(), step);
            assertEquals(after.status().isFinal(), after.endedAt() != null, step);
            assertTrue(before.endedAt() == null || before.endedAt().equals(after.endedAt()), step);
            assertEquals(after, after.after(CallNews.of(word), NOW), step);
        }
    }

    static Stream<List<CallNews>> calls() {
        CallNews queued = CallNews.of(CallStatus.QUEUED).at(NOW.minusSeconds(90));
        CallNews initiated = CallNews.of(CallStatus.INITIATED).at(NOW.minusSeconds(80));
        CallNews ringing = CallNews.of(CallStatus.RINGING).at(NOW.minusSeconds(70));
        CallNews answered = CallNews.of(CallStatus.IN_PROGRESS).at(NOW.minusSeconds(60));
        CallNews completed =
                CallNews.of(CallStatus.COMPLETED).at(NOW.minusSeconds(5)).lasting(Duration.ofSeconds(55));
        CallNews unknown = CallNews.ended().because(EndReason.UNKNOWN_OUTCOME).at(NOW.minusSeconds(5));
        CallNews over = CallNews.ended().at(NOW.minusSeconds(5));
        return Stream.of(
                List.of(queued, initiated, ringing, answered, completed),
                List.of(queued, initiated, ringing, end(CallStatus.BUSY).because(EndReason.BUSY)),
                List.of(queued, initiated, ringing, end(CallStatus.NO_ANSWER).because(EndReason.NO_ANSWER)),
                List.of(queued, initiated, ringing, end(CallStatus.CANCELED)),
                List.of(queued, initiated, end(CallStatus.FAILED).because(EndReason.INVALID_NUMBER)),
                List.of(initiated, ringing, answered, over),
                List.of(initiated, ringing, over),
                List.of(ringing, answered, CallNews.answeredBy(AnsweredBy.PERSON), over, completed),
                List.of(ringing, unknown, end(CallStatus.BUSY), over),
                List.of(ringing, unknown, end(CallStatus.BUSY).because(EndReason.BUSY)),
                List.of(queued, ringing, answered, unknown, completed));
    }

    private static CallNews end(CallStatus status) {
        return CallNews.of(status).at(NOW.minusSeconds(5));
    }

    /** Each order, the end before the begin included, and each order in which one of the news comes twice. */
    @ParameterizedTest
    @MethodSource("calls")
    void everyOrderWithOneRepetitionLeadsToTheSameEnd(List<CallNews> words) {
        for (CallStatus begin : List.of(CallStatus.INITIATED, CallStatus.QUEUED, CallStatus.RINGING)) {
            CallState expected = Run.of(CallState.begun(begin), words, NOW).state();
            Orders.each(words, order -> {
                Run run = Run.of(CallState.begun(begin), order, NOW);
                assertEquals(expected, run.state(), order.toString());
                assertEquals(expected.connected() ? 1 : 0, run.connections(), "connected once: " + order);
                assertEquals(1, run.ends(), "ended once: " + order);
            });
        }
    }

    /** That it is not known whether the provider dialled is no reason of an end that is known. */
    @Test
    void aReportedEndHasItsOwnReasonOrNone() {
        CallNews unknown = CallNews.ended().because(EndReason.UNKNOWN_OUTCOME);
        CallState concluded = CallState.begun(CallStatus.INITIATED).after(unknown, NOW);
        CallState busy = concluded.after(CallNews.of(CallStatus.BUSY), NOW);

        assertEquals(EndReason.UNKNOWN_OUTCOME, concluded.reason());
        assertNull(busy.reason());
        assertNull(busy.after(unknown, NOW).reason());
        assertEquals(
                EndReason.BUSY,
                busy.after(CallNews.of(CallStatus.BUSY).because(EndReason.BUSY), NOW)
                        .reason());
        assertNull(busy.after(CallNews.of(CallStatus.FAILED).because(EndReason.ERROR), NOW)
                .reason());
    }

    @Test
    void aReportedEndReplacesAConcludedOneAndNoOther() {
        CallState concluded = CallState.begun(CallStatus.RINGING).after(CallNews.ended(), NOW);
        CallState reported = concluded.after(CallNews.of(CallStatus.BUSY).because(EndReason.BUSY), NOW);

        assertEquals(CallStatus.NO_ANSWER, concluded.status());
        assertEquals(CallStatus.BUSY, reported.status());
        assertFalse(reported.presumedEnd());
        assertEquals(
                CallStatus.BUSY,
                reported.after(CallNews.of(CallStatus.FAILED), NOW).status());
    }

    @Test
    void aTimeInTheFutureIsNotTakenOver() {
        CallState answered = CallState.begun(CallStatus.RINGING)
                .after(CallNews.of(CallStatus.IN_PROGRESS).at(NOW.plusSeconds(3600)), NOW);

        assertEquals(NOW, answered.answeredAt());
    }
}
