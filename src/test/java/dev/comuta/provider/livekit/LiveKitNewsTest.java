package dev.comuta.provider.livekit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallState;
import dev.comuta.call.state.CallStatus;
import dev.comuta.call.state.EndReason;
import dev.comuta.call.state.Orders;
import dev.comuta.call.state.Orders.Run;
import dev.comuta.provider.livekit.api.LiveKitParticipant;
import dev.comuta.provider.livekit.api.LiveKitParticipant.DisconnectReason;
import dev.comuta.provider.livekit.api.LiveKitParticipant.Kind;
import dev.comuta.provider.livekit.api.SipRefusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every word of a telephone in a room against every state of a call. */
class LiveKitNewsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final List<String> WORDS = List.of("dialing", "ringing", "active", "automation", "hangup", "new");

    private static LiveKitParticipant telephone(String status, DisconnectReason reason) {
        return new LiveKitParticipant(
                "PA_1", "7", null, Kind.SIP, reason, null, Map.of("sip.callStatus", status), List.of());
    }

    private static CallNews present(String status) {
        return LiveKitNews.present(
                telephone(status, DisconnectReason.UNKNOWN_REASON).sip());
    }

    /** All that can be said about a telephone. */
    private static List<CallNews> all(boolean outbound) {
        List<CallNews> all =
                new ArrayList<>(WORDS.stream().map(LiveKitNewsTest::present).toList());
        for (DisconnectReason reason : DisconnectReason.values()) {
            for (String word : WORDS) {
                all.add(LiveKitNews.left(telephone(word, reason), outbound));
            }
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource(CallStatus.class)
    void everyWordMovesEveryStateForwardOnly(CallStatus status) {
        Stream.of(true, false).flatMap(outbound -> all(outbound).stream()).forEach(news -> {
            CallState before = CallState.begun(status);
            CallState after = before.after(news, NOW);
            assertTrue(after.status() == status || status.canBecome(after.status()), status + " " + news);
            assertEquals(after, after.after(news, NOW), "a repeated word changes nothing: " + news);
            if (status.isFinal()) {
                assertEquals(status, after.status(), "the end stays: " + news);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "dialing, Queued",
        "ringing, Ringing",
        "active, In Progress",
        "automation, In Progress",
        "hangup, No Answer",
        "new, Initiated"
    })
    void theWordOfATelephoneInTheRoom(String word, String status) {
        assertEquals(status, after(present(word)).status().stored());
    }

    @ParameterizedTest
    @CsvSource({
        "USER_REJECTED, Busy, Busy",
        "USER_UNAVAILABLE, No Answer, No Answer",
        "SIP_TRUNK_FAILURE, Failed, Failed",
        "CLIENT_INITIATED, Completed, No Answer",
        "PARTICIPANT_REMOVED, No Answer, No Answer",
        "ROOM_DELETED, No Answer, No Answer",
        "UNKNOWN_REASON, No Answer, No Answer",
        "OTHER, No Answer, No Answer"
    })
    void theReasonOfATelephoneThatLeft(DisconnectReason reason, String outbound, String inbound) {
        LiveKitParticipant left = telephone("hangup", reason);

        assertEquals(outbound, after(LiveKitNews.left(left, true)).status().stored());
        assertEquals(inbound, after(LiveKitNews.left(left, false)).status().stored());
        assertEquals(
                "Completed",
                after(LiveKitNews.left(telephone("active", reason), false))
                        .status()
                        .stored());
    }

    /** What the answers to questions and the events of one call say. */
    static Stream<List<CallNews>> calls() {
        CallNews accepted = CallNews.of(CallStatus.QUEUED);
        CallNews dialing = present("dialing");
        CallNews ringing = present("ringing");
        CallNews active = present("active");
        CallNews finished = CallNews.ended();
        return Stream.of(
                List.of(
                        accepted,
                        dialing,
                        ringing,
                        active,
                        left("hangup", DisconnectReason.PARTICIPANT_REMOVED, true),
                        finished),
                List.of(
                        accepted,
                        dialing,
                        ringing,
                        active,
                        left("hangup", DisconnectReason.CLIENT_INITIATED, true),
                        finished),
                List.of(accepted, dialing, ringing, left("hangup", DisconnectReason.USER_REJECTED, true), finished),
                List.of(accepted, dialing, left("ringing", DisconnectReason.USER_UNAVAILABLE, true), finished),
                List.of(accepted, dialing, left("dialing", DisconnectReason.SIP_TRUNK_FAILURE, true), finished),
                List.of(dialing, left("hangup", DisconnectReason.USER_REJECTED, true), refused(486), finished),
                List.of(dialing, left("hangup", DisconnectReason.USER_UNAVAILABLE, true), refused(408), finished),
                List.of(present("new"), active, left("active", DisconnectReason.CLIENT_INITIATED, false), finished),
                List.of(ringing, left("ringing", DisconnectReason.CLIENT_INITIATED, false), finished));
    }

    private static CallNews left(String status, DisconnectReason reason, boolean outbound) {
        return LiveKitNews.left(telephone(status, reason), outbound);
    }

    private static CallNews refused(int sip) {
        return LiveKitNews.refused(new SipRefusal(sip));
    }

    /** An end of which the kind is not reported is taken as completed as soon as an answer is reported. */
    @ParameterizedTest
    @MethodSource("calls")
    void everyOrderOfOneCallWithOneRepetitionLeadsToOneState(List<CallNews> call) {
        for (CallStatus begin : List.of(CallStatus.INITIATED, CallStatus.RINGING)) {
            CallState expected = Run.of(CallState.begun(begin), call, NOW).state();
            Orders.each(call, order -> {
                Run run = Run.of(CallState.begun(begin), order, NOW);
                assertEquals(expected, run.state(), order.toString());
                assertEquals(expected.connected() ? 1 : 0, run.connections(), order.toString());
                assertEquals(1, run.ends(), order.toString());
            });
        }
    }

    @Test
    void aParticipantThatIsMovedHasNotLeft() {
        for (DisconnectReason reason : DisconnectReason.values()) {
            boolean moved = reason == DisconnectReason.MIGRATION || reason == DisconnectReason.DUPLICATE_IDENTITY;
            assertEquals(moved, LiveKitNews.isMoved(telephone("active", reason)), reason.name());
        }
    }

    /** Twirp answers 429 for a busy telephone; its SIP status says what it means. */
    @ParameterizedTest
    @CsvSource({
        "486, Busy, BUSY",
        "603, Busy, DECLINED",
        "480, No Answer, NO_ANSWER",
        "404, Failed, INVALID_NUMBER",
        "407, Failed, TRUNK_CREDENTIALS",
        "487, Canceled, CALLER_HUNG_UP",
        "302, Failed, ERROR"
    })
    void aRefusalIsTheEndOfTheCall(int sip, String status, EndReason reason) {
        CallNews news = LiveKitNews.refused(new SipRefusal(sip));

        assertEquals(status, news.status().stored());
        assertEquals(reason, news.reason());
        assertFalse(after(news).presumedEnd());
    }

    private static CallState after(CallNews news) {
        return CallState.begun(CallStatus.INITIATED).after(news, NOW);
    }
}
