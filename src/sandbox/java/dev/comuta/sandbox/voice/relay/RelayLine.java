package dev.comuta.sandbox.voice.relay;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a socket tells the server about its call.
 *
 * @param parentCallSid empty for none
 * @param callStatus in capitals, as the frame has it
 * @param parameters of the document
 */
public record RelayLine(
        String accountSid,
        String callSid,
        String parentCallSid,
        String from,
        String to,
        String forwardedFrom,
        String callerName,
        String direction,
        String callStatus,
        Map<String, String> parameters) {

    /** A caller whose call rings. */
    public static RelayLine inbound(String accountSid, String callSid, String from, String to) {
        return new RelayLine(accountSid, callSid, "", from, to, "", "", "inbound", "RINGING", Map.of());
    }

    Map<String, Object> setup(String sessionId) {
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put("type", "setup");
        frame.put("sessionId", sessionId);
        frame.put("accountSid", accountSid);
        frame.put("parentCallSid", parentCallSid);
        frame.put("callSid", callSid);
        frame.put("from", from);
        frame.put("to", to);
        frame.put("forwardedFrom", forwardedFrom);
        frame.put("callType", from.startsWith("whatsapp:") ? "WHATSAPP" : "PSTN");
        frame.put("callerName", callerName);
        frame.put("direction", direction);
        frame.put("callStatus", callStatus);
        frame.put("customParameters", parameters);
        return frame;
    }
}
