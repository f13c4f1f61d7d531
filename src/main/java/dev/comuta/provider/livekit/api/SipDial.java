package dev.comuta.provider.livekit.api;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;

/**
 * A call to a telephone.
 *
 * @param trunkId the outbound trunk
 * @param to the number, in E.164
 * @param from the number that is shown, in E.164; null for one of the trunk
 * @param identity of the participant: the id of our call, by which it is looked up after an unknown outcome
 * @param attributes of the participant
 * @param ringing the longest time until an answer
 * @param longest the longest duration
 * @param waits whether the response waits for the answer. Only then a refusal has its SIP status; else the call's state is
 *     in the attributes of the participant.
 */
public record SipDial(
        String trunkId,
        String to,
        String from,
        String room,
        String identity,
        Map<String, String> attributes,
        Duration ringing,
        Duration longest,
        boolean waits) {

    public SipDial {
        attributes = Map.copyOf(attributes);
    }

    JsonObject inRequest() {
        JsonObject request = new JsonObject()
                .put("sip_trunk_id", trunkId)
                .put("sip_call_to", to)
                .put("room_name", room)
                .put("participant_identity", identity)
                .put("ringing_timeout", seconds(ringing))
                .put("max_call_duration", seconds(longest));
        if (from != null) {
            request.put("sip_number", from);
        }
        if (!attributes.isEmpty()) {
            request.put("participant_attributes", new JsonObject(Map.copyOf(attributes)));
        }
        return waits ? request.put("wait_until_answered", true) : request;
    }

    /** A duration in the protocol's JSON. */
    public static String seconds(Duration duration) {
        return duration.toSeconds() + "s";
    }

    @Override
    public String toString() {
        return "SipDial[identity=" + identity + "]";
    }
}
