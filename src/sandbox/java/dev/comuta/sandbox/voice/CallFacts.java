package dev.comuta.sandbox.voice;

/**
 * What never changes of a call.
 *
 * @param parentSid the call that dialled it; null for none
 * @param accountSid account at Twilio; empty at the voice gateway
 * @param direction inbound, outbound-api or outbound-dial
 */
record CallFacts(String sid, String parentSid, String accountSid, String direction, String from, String to) {

    static final String INBOUND = "inbound";
    static final String OUTBOUND_API = "outbound-api";
    static final String OUTBOUND_DIAL = "outbound-dial";

    boolean isInbound() {
        return direction.equals(INBOUND);
    }

    /** The number of the phone on this leg. */
    String phone() {
        return isInbound() ? from : to;
    }

    /** What the phone on this leg shows. */
    String other() {
        return isInbound() ? to : from;
    }
}
