package dev.comuta.sandbox.voice;

/**
 * An entry of a carrier's log of errors.
 *
 * @param code Twilio's code
 */
public record CarrierError(String callSid, int code, String message) {}
