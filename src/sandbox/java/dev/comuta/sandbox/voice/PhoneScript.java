package dev.comuta.sandbox.voice;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a phone does with a call. A phone that places a call uses the replies and the hang-up only.
 *
 * @param pickup what it does when it rings
 * @param after how long it rings before that
 * @param answeredBy what an answering machine detection finds, in Twilio's words for a machine whose greeting ended
 * @param sipCode the code of a failure
 * @param replies what the person does, one entry for each time that the call asks
 * @param hangsUpAfter how long after the connection the phone hangs up; null for never
 */
public record PhoneScript(
        Pickup pickup, Duration after, String answeredBy, int sipCode, List<Reply> replies, Duration hangsUpAfter) {

    private static final int INVALID = 404;

    enum Pickup {
        WAIT,
        ANSWER,
        BUSY,
        NO_ANSWER,
        REJECT,
        FAIL,
        REFUSE
    }

    private static PhoneScript of(Pickup pickup) {
        return new PhoneScript(pickup, Duration.ZERO, "human", 0, List.of(), null);
    }

    /** Rings until the page or the test answers, declines, or the caller gives up. */
    public static PhoneScript rings() {
        return of(Pickup.WAIT);
    }

    /** Answers after a second. */
    public static PhoneScript answers() {
        return answersAfter(Duration.ofSeconds(1));
    }

    public static PhoneScript answersAfter(Duration ringing) {
        return of(Pickup.ANSWER).ringing(ringing);
    }

    public static PhoneScript busy() {
        return of(Pickup.BUSY);
    }

    /** Rings until the caller gives up. */
    public static PhoneScript noAnswer() {
        return of(Pickup.NO_ANSWER);
    }

    /** The person declines the call: busy with SIP code 603. */
    public static PhoneScript rejects() {
        return of(Pickup.REJECT);
    }

    /** The network does not know the number: failed with SIP code 404. */
    public static PhoneScript invalid() {
        return fails(INVALID);
    }

    public static PhoneScript fails(int sipCode) {
        return new PhoneScript(Pickup.FAIL, Duration.ZERO, "human", sipCode, List.of(), null);
    }

    /** The carrier refuses the request itself with this error code, for example 21214, 21215 or 21219. */
    public static PhoneScript refused(int code) {
        return new PhoneScript(Pickup.REFUSE, Duration.ZERO, "human", code, List.of(), null);
    }

    /** The mailbox of a mobile phone answers like a person. Only a detection notices it. */
    public static PhoneScript voicemail() {
        return answers().detectedAs("machine_end_beep");
    }

    public static PhoneScript fax() {
        return answers().detectedAs("fax");
    }

    /**
     * Reads a script: {@code pickup} (rings, answers, busy, noAnswer, rejects, invalid, voicemail, fax), {@code
     * afterSeconds}, {@code replies} (each {@code {"digits"}} or {@code {"speech"}}) and {@code hangsUpAfterSeconds}.
     *
     * @throws IllegalArgumentException for another pickup
     */
    public static PhoneScript read(JsonNode json) {
        PhoneScript script = named(json.path("pickup").asText());
        if (json.has("afterSeconds")) {
            script = script.ringing(Duration.ofSeconds(json.path("afterSeconds").asLong()));
        }
        for (JsonNode reply : json.path("replies")) {
            script = reply.has("digits")
                    ? script.presses(reply.path("digits").asText())
                    : script.says(reply.path("speech").asText());
        }
        return json.has("hangsUpAfterSeconds")
                ? script.hangsUpAfter(
                        Duration.ofSeconds(json.path("hangsUpAfterSeconds").asLong()))
                : script;
    }

    private static PhoneScript named(String pickup) {
        return switch (pickup) {
            case "rings" -> rings();
            case "answers" -> answers();
            case "busy" -> busy();
            case "noAnswer" -> noAnswer();
            case "rejects" -> rejects();
            case "invalid" -> invalid();
            case "voicemail" -> voicemail();
            case "fax" -> fax();
            default -> throw new IllegalArgumentException("unknown pickup " + pickup);
        };
    }

    /** Replaces how long it rings first. */
    public PhoneScript ringing(Duration ringing) {
        return new PhoneScript(pickup, ringing, answeredBy, sipCode, replies, hangsUpAfter);
    }

    /** Replaces what a detection finds: human, machine_end_beep, machine_end_silence, machine_end_other, fax, unknown. */
    public PhoneScript detectedAs(String found) {
        return new PhoneScript(pickup, after, found, sipCode, replies, hangsUpAfter);
    }

    /** The next time the call asks for digits, the person presses these. */
    public PhoneScript presses(String digits) {
        return with(Reply.digits(digits));
    }

    /** The next time the call asks for words, the person says these. */
    public PhoneScript says(String words) {
        return with(Reply.speech(words));
    }

    /** The next time the call asks, the person does nothing. */
    public PhoneScript staysSilent() {
        return with(new Reply(Reply.Kind.SILENCE, "", null));
    }

    /** The next time the call records, the person speaks this long and is silent then. */
    public PhoneScript leavesMessage(Duration length) {
        return with(new Reply(Reply.Kind.MESSAGE, "", length));
    }

    /** The next time the call records, the person speaks this long and hangs up, as most people do. */
    public PhoneScript leavesMessageAndHangsUp(Duration length) {
        return with(new Reply(Reply.Kind.MESSAGE_AND_HANG_UP, "", length));
    }

    public PhoneScript hangsUpAfter(Duration connected) {
        return new PhoneScript(pickup, after, answeredBy, sipCode, replies, connected);
    }

    boolean isMachine() {
        return answeredBy.startsWith("machine") || answeredBy.equals("fax");
    }

    private PhoneScript with(Reply reply) {
        List<Reply> all = Stream.concat(replies.stream(), Stream.of(reply)).toList();
        return new PhoneScript(pickup, after, answeredBy, sipCode, all, hangsUpAfter);
    }
}
