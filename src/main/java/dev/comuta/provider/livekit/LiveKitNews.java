package dev.comuta.provider.livekit;

import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallStatus;
import dev.comuta.call.state.EndReason;
import dev.comuta.provider.livekit.api.LiveKitParticipant;
import dev.comuta.provider.livekit.api.LiveKitParticipant.DisconnectReason;
import dev.comuta.provider.livekit.api.SipLeg;
import dev.comuta.provider.livekit.api.SipRefusal;

/**
 * What a telephone in a room says about its call. The news has the same meaning in any order and any number of times, so
 * events need no store of their ids.
 */
final class LiveKitNews {

    private LiveKitNews() {}

    /** Of a telephone that is in the room. */
    static CallNews present(SipLeg leg) {
        return switch (leg.status()) {
            case DIALING -> CallNews.of(CallStatus.QUEUED);
            case RINGING -> CallNews.of(CallStatus.RINGING);
            case ACTIVE, AUTOMATION -> CallNews.of(CallStatus.IN_PROGRESS);
            case HANGUP -> CallNews.ended();
            case UNKNOWN -> CallNews.nothing();
        };
    }

    /**
     * Of a telephone that left the room. A telephone that we called and that ended the call itself had answered; a
     * rejection has a reason of its own. LiveKit reports busy, declined and refused by the carrier as one.
     *
     * @param outbound whether the company calls
     */
    static CallNews left(LiveKitParticipant telephone, boolean outbound) {
        if (telephone.sip().status().isAnswered()) {
            return CallNews.of(CallStatus.COMPLETED);
        }
        return switch (telephone.disconnectReason()) {
            case USER_REJECTED -> CallNews.of(CallStatus.BUSY);
            case USER_UNAVAILABLE -> CallNews.of(CallStatus.NO_ANSWER).because(EndReason.NO_ANSWER);
            case SIP_TRUNK_FAILURE -> CallNews.of(CallStatus.FAILED).because(EndReason.ERROR);
            case CLIENT_INITIATED -> outbound ? CallNews.of(CallStatus.COMPLETED) : CallNews.ended();
            default -> CallNews.ended();
        };
    }

    /** Whether a participant that left comes back: the server moves it, or another connection of it replaced this one. */
    static boolean isMoved(LiveKitParticipant participant) {
        return participant.disconnectReason() == DisconnectReason.MIGRATION
                || participant.disconnectReason() == DisconnectReason.DUPLICATE_IDENTITY;
    }

    /** The end of a call that the network refused. */
    static CallNews refused(SipRefusal refusal) {
        EndReason reason = refusal.reason();
        CallStatus status =
                switch (reason) {
                    case BUSY, DECLINED -> CallStatus.BUSY;
                    case NO_ANSWER -> CallStatus.NO_ANSWER;
                    case CALLER_HUNG_UP -> CallStatus.CANCELED;
                    default -> CallStatus.FAILED;
                };
        return CallNews.of(status).because(reason);
    }
}
