package dev.comuta.provider.twilio.voice;

import dev.comuta.call.plan.TalkEnd;
import dev.comuta.call.state.CallStatus;
import dev.comuta.platform.http.UntrustedJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;

/** How connections of ConversationRelay end. */
final class TalkEnds {

    private static final int CONNECTION_LOST = 64_105;

    private TalkEnds() {}

    /**
     * @param status of the session: {@code ended} by us, {@code completed} by the caller, or {@code failed}
     * @param handoff the JSON with which we ended it; null for none
     * @param error 0 for none
     * @param callStatus of the call; null when not reported
     */
    static TalkEnd of(String status, String handoff, int error, String callStatus) {
        CallStatus call = CallWords.status(callStatus);
        if ((call != null && call.isFinal()) || "completed".equals(status)) {
            return TalkEnd.HUNG_UP;
        }
        if ("ended".equals(status)) {
            return byUs(handoff);
        }
        return error == CONNECTION_LOST ? TalkEnd.DROPPED : TalkEnd.UNUSABLE;
    }

    private static TalkEnd byUs(String handoff) {
        return switch (reason(handoff)) {
            case "bye" -> TalkEnd.GOODBYE;
            case "drain" -> TalkEnd.DRAINED;
            default -> TalkEnd.HANDED_OVER;
        };
    }

    private static String reason(String handoff) {
        try {
            return handoff == null
                    ? ""
                    : UntrustedJson.object(Buffer.buffer(handoff)).getString("reason", "");
        } catch (DecodeException | ClassCastException noObject) {
            return "";
        }
    }
}
