package dev.comuta.sandbox.voice;

import java.time.Instant;

/**
 * A call or leg as its carrier knows it.
 *
 * @param parentSid null for none
 * @param direction inbound, outbound-api or outbound-dial
 * @param status in Twilio's words
 * @param seconds between answer and end, or now
 * @param answeredBy null without a detection
 * @param sipCode null until the end
 */
public record CallRecord(
        String sid,
        String parentSid,
        String direction,
        String from,
        String to,
        String status,
        Instant at,
        long seconds,
        String answeredBy,
        Integer sipCode) {

    static CallRecord of(Call call) {
        CallFacts facts = call.facts();
        return new CallRecord(
                facts.sid(),
                facts.parentSid(),
                facts.direction(),
                facts.from(),
                facts.to(),
                call.status().word(),
                call.created(),
                call.seconds(),
                call.answeredBy(),
                call.sipCode());
    }

    /** Whether the call has ended, with all that is known about its end. */
    public boolean isOver() {
        return sipCode != null;
    }
}
