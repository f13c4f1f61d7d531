package dev.comuta.call.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

    static Stream<List<CallNews>> calls() {
        CallNews queued = CallNews.of(CallStatus.QUEUED);
        CallNews initiated = CallNews.of(CallStatus.INITIATED);
        CallNews ringing = CallNews.of(CallStatus.RINGING);
        CallNews answered = CallNews.of(CallStatus.IN_PROGRESS).at(NOW.minusSeconds(60));
        CallNews completed =
                CallNews.of(CallStatus.COMPLETED).at(NOW.minusSeconds(5)).lasting(Duration.ofSeconds(55));
        return Stream.of(
                List.of(queued, initiated, ringing, answered, completed),
                List.of(queued, initiated, ringing, CallNews.of(CallStatus.BUSY).because(EndReason.BUSY)),
                List.of(
                        queued,
                        initiated,
                        ringing,
                        CallNews.of(CallStatus.NO_ANSWER).because(EndReason.NO_ANSWER)),
                List.of(queued, initiated, ringing, CallNews.of(CallStatus.CANCELED)),
                List.of(queued, initiated, CallNews.of(CallStatus.FAILED).because(EndReason.INVALID_NUMBER)),
                List.of(initiated, ringing, answered, CallNews.ended()),
                List.of(initiated, ringing, CallNews.ended()),
                List.of(ringing, answered, CallNews.answeredBy(AnsweredBy.PERSON), CallNews.ended(), completed));
    }

    /** Each order, and each order in which one of the news comes twice. */
    @ParameterizedTest
    @MethodSource("calls")
    void everyOrderWithOneRepetitionLeadsToTheSameEnd(List<CallNews> words) {
        CallState expected = run(words);

        List<CallNews> doubled = new ArrayList<>(words);
        for (CallNews repeated : words) {
            doubled.addFirst(repeated);
            for (List<CallNews> order : orders(doubled)) {
                CallState end = run(order);
                assertEquals(expected.status(), end.status(), order.toString());
                assertEquals(expected.connected(), end.connected(), order.toString());
                assertEquals(expected.reason(), end.reason(), order.toString());
                assertEquals(expected.duration(), end.duration(), order.toString());
                assertEquals(1, changes(order, true), "connected once: " + order);
                assertEquals(1, changes(order, false), "ended once: " + order);
            }
            doubled.removeFirst();
        }
    }

    /** How often the call connects or ends; one for a call that never connects. */
    private static int changes(List<CallNews> order, boolean connections) {
        CallState state = CallState.begun(CallStatus.INITIATED);
        int changes = 0;
        for (CallNews news : order) {
            CallState next = state.after(news, NOW);
            changes += connections ? (state.connectsBy(next) ? 1 : 0) : (state.endsBy(next) ? 1 : 0);
            state = next;
        }
        return connections && !state.connected() ? changes + 1 : changes;
    }

    private static CallState run(List<CallNews> order) {
        CallState state = CallState.begun(CallStatus.INITIATED);
        for (CallNews news : order) {
            state = state.after(news, NOW);
        }
        return state;
    }

    private static List<List<CallNews>> orders(List<CallNews> items) {
        if (items.isEmpty()) {
            return List.of(List.of());
        }
        List<List<CallNews>> all = new ArrayList<>();
        for (int first = 0; first < items.size(); first++) {
            List<CallNews> rest = new ArrayList<>(items);
            CallNews head = rest.remove(first);
            for (List<CallNews> tail : orders(rest)) {
                List<CallNews> order = new ArrayList<>(List.of(head));
                order.addAll(tail);
                all.add(order);
            }
        }
        return all;
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
