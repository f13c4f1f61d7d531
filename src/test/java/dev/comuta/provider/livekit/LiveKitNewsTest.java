package dev.comuta.provider.livekit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallState;
import dev.comuta.call.state.CallStatus;
import dev.comuta.call.state.EndReason;
import dev.comuta.provider.livekit.api.LiveKitParticipant;
import dev.comuta.provider.livekit.api.LiveKitParticipant.DisconnectReason;
import dev.comuta.provider.livekit.api.LiveKitParticipant.Kind;
import dev.comuta.provider.livekit.api.SipRefusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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

    /** An end of which the kind is not reported is taken as completed as soon as an answer is reported. */
    @Test
    void everyOrderOfOneCallLeadsToOneState() {
        List<CallNews> call = List.of(
                present("dialing"),
                present("ringing"),
                present("active"),
                LiveKitNews.left(telephone("hangup", DisconnectReason.PARTICIPANT_REMOVED), true),
                CallNews.ended());
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<CallNews> order = new ArrayList<>(call);
            order.add(call.get(random.nextInt(call.size())));
            java.util.Collections.shuffle(order, random);
            CallState state = CallState.begun(CallStatus.INITIATED);
            int connected = 0;
            int ended = 0;
            for (CallNews news : order) {
                CallState next = state.after(news, NOW);
                connected += state.connectsBy(next) ? 1 : 0;
                ended += state.endsBy(next) ? 1 : 0;
                state = next;
            }
            assertEquals(CallStatus.COMPLETED, state.status(), order.toString());
            assertEquals(1, connected, order.toString());
            assertEquals(1, ended, order.toString());
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
