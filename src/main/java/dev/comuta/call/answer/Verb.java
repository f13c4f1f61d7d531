package dev.comuta.call.answer;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** A step of a call. A provider does the steps of a document one after the other, and ends the call after the last one. */
public sealed interface Verb {

    /** Speaks a text. */
    record Say(String text) implements Verb {}

    /** Plays a sound file. */
    record Play(URI url) implements Verb {}

    /** Is silent. */
    record Pause(Duration length) implements Verb {}

    /**
     * Waits for digits or a spoken answer, and reports it, also an empty one.
     *
     * @param prompts spoken meanwhile
     * @param maxDigits the answer ends with this many digits
     * @param silence the answer ends after this time
     * @param hints words that a spoken answer probably contains; empty when only digits are expected
     * @param hook {@link Hook.Kind#GATHERED} or {@link Hook.Kind#CONFIRMED}
     */
    record Gather(List<Verb> prompts, int maxDigits, Duration silence, List<String> hints, Hook hook) implements Verb {}

    /**
     * Waits for words of the caller, and reports them, also silence.
     *
     * @param prompts spoken meanwhile
     * @param silence the wait ends after this time
     * @param hook {@link Hook.Kind#SAID}
     */
    record Listen(List<Verb> prompts, Duration silence, Hook hook) implements Verb {}

    /**
     * Connects the caller with the assistant, whose texts the provider speaks and who gets the words of the caller.
     *
     * @param connection {@link Hook.Kind#RELAY}
     * @param ended {@link Hook.Kind#TALKED}
     * @param greeting spoken first, and not to be interrupted; null for none
     */
    record Converse(Hook connection, Hook ended, String greeting) implements Verb {}

    /**
     * Dials, and connects the first who takes the call. The others stop ringing.
     *
     * @param targets at least one; all ring at once
     * @param ringTime how long they ring
     * @param maxDuration the connection ends after this time
     * @param callerId the number that is shown; null for the caller's
     * @param recorded whether the conversation is recorded, in two channels: the caller first
     * @param hook {@link Hook.Kind#DIALED}; null ends the call afterwards
     */
    record Dial(
            List<Target> targets, Duration ringTime, Duration maxDuration, String callerId, boolean recorded, Hook hook)
            implements Verb {}

    /**
     * Records a message until silence, a key or the longest duration.
     *
     * @param hook {@link Hook.Kind#RECORDED}
     */
    record RecordMessage(Duration maxDuration, Hook hook) implements Verb {}

    /** Sends tones: digits, {@code *}, {@code #}, and {@code w} for half a second of silence. */
    record Tones(String digits) implements Verb {}

    /** Goes on with the steps of a hook. */
    record Redirect(Hook hook) implements Verb {}

    /** Ends the call. */
    record Hangup() implements Verb {}

    /** Refuses a call that was not answered yet; no other step was done. */
    record Reject() implements Verb {}

    /** Somebody to be dialled. */
    sealed interface Target {

        /**
         * A telephone.
         *
         * @param number E.164, after {@code whatsapp:} when it is called over WhatsApp
         * @param status {@link Hook.Kind#LEG}
         * @param confirm {@link Hook.Kind#CONFIRM}: asks whether the person takes the call, so that a mobile's voicemail
         *     does not; null connects whatever answers
         */
        record Phone(String number, Hook status, Hook confirm) implements Target {}

        /**
         * A SIP address.
         *
         * @param uri for example {@code sip:room@host}
         * @param status {@link Hook.Kind#LEG}
         */
        record Sip(String uri, Hook status) implements Target {}

        /**
         * A conference of this call, in which people can be held, muted and exchanged.
         *
         * @param name of the conference at the provider
         * @param endsWithHim whether the conference ends when this participant leaves
         */
        record Conference(String name, boolean endsWithHim) implements Target {}
    }
}
