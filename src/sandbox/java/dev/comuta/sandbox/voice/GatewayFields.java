package dev.comuta.sandbox.voice;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of a voice gateway's requests. */
final class GatewayFields {

    private static final double CONFIDENCE = 0.9;

    private GatewayFields() {}

    /** The body of the design document: callSid, from, to, direction and status. */
    static Map<String, Object> call(Call call, CallStatus status) {
        CallFacts facts = call.facts();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("callSid", facts.sid());
        fields.put("from", facts.from());
        fields.put("to", facts.to());
        fields.put("direction", facts.isInbound() ? "inbound" : "outbound");
        fields.put("status", status.word());
        if (facts.parentSid() != null) {
            fields.put("parentCallSid", facts.parentSid());
        }
        if (!call.setting("callId").isEmpty()) {
            fields.put("callId", call.setting("callId"));
        }
        return fields;
    }

    /** Adds the result of a verb, in jambonz's names. */
    static void addHook(Map<String, Object> fields, Map<String, String> result) {
        if (result.containsKey("SpeechResult")) {
            fields.put("reason", "speechDetected");
            fields.put(
                    "speech",
                    Map.of(
                            "is_final",
                            true,
                            "language_code",
                            "pt-BR",
                            "alternatives",
                            List.of(Map.of("transcript", result.get("SpeechResult"), "confidence", CONFIDENCE))));
        } else if (result.containsKey("Digits") && !result.containsKey("RecordingSid")) {
            fields.put("reason", result.get("Digits").isEmpty() ? "timeout" : "dtmfDetected");
            if (!result.get("Digits").isEmpty()) {
                fields.put("digits", result.get("Digits"));
            }
        }
        if (result.containsKey("DialCallStatus")) {
            fields.put("dial_call_status", result.get("DialCallStatus"));
            fields.put("dial_call_sid", result.getOrDefault("DialCallSid", ""));
            fields.put("dial_call_duration", Long.valueOf(result.getOrDefault("DialCallDuration", "0")));
            fields.put("dial_bridged", Boolean.valueOf(result.get("DialBridged")));
        }
        if (result.containsKey("RecordingSid")) {
            fields.put("recording_sid", result.get("RecordingSid"));
            fields.put("recording_duration", Long.valueOf(result.get("RecordingDuration")));
        }
    }
}
