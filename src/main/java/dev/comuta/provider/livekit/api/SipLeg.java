package dev.comuta.provider.livekit.api;

import java.util.Locale;
import java.util.Map;

/**
 * The telephone call of a participant, from its attributes. Attributes can come after the participant joined, and a trunk
 * or a rule can hide the numbers.
 *
 * @param callId LiveKit's id of the call
 * @param phoneNumber the number of the person; null when it is hidden
 * @param trunkPhoneNumber the number of the trunk; null when it is hidden
 * @param twilioCallSid Twilio's id of the call when Twilio is the carrier
 */
public record SipLeg(
        String callId,
        Status status,
        String phoneNumber,
        String trunkPhoneNumber,
        String trunkId,
        String ruleId,
        String twilioAccountSid,
        String twilioCallSid) {

    /**
     * State of the call. A participant joins its room when it is dialed, so only {@link #ACTIVE} says that somebody
     * answered. No webhook reports a change.
     */
    public enum Status {
        DIALING,
        RINGING,
        ACTIVE,
        /** Digits are being sent after the answer. */
        AUTOMATION,
        HANGUP,
        UNKNOWN;

        private static Status of(String word) {
            for (Status status : values()) {
                if (word != null && status.name().equals(word.toUpperCase(Locale.ROOT))) {
                    return status;
                }
            }
            return UNKNOWN;
        }

        /** Whether somebody answered. */
        public boolean isAnswered() {
            return this == ACTIVE || this == AUTOMATION;
        }
    }

    public static SipLeg of(Map<String, String> attributes) {
        return new SipLeg(
                attributes.get("sip.callID"),
                Status.of(attributes.get("sip.callStatus")),
                attributes.get("sip.phoneNumber"),
                attributes.get("sip.trunkPhoneNumber"),
                attributes.get("sip.trunkID"),
                attributes.get("sip.ruleID"),
                attributes.get("sip.twilio.accountSid"),
                attributes.get("sip.twilio.callSid"));
    }

    @Override
    public String toString() {
        return "SipLeg[" + callId + ", " + status + "]";
    }
}
