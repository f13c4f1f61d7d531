package dev.comuta.sandbox.voice;

import dev.comuta.sandbox.voice.relay.Relays;
import java.util.List;
import java.util.Map;

/** How a carrier talks with the server about its calls: the part in which Twilio and the voice gateway differ. */
interface Carrier {

    /**
     * Fetches and reads a document, and waits for it.
     *
     * @throws Document.Failed when neither the address nor the fallback gives a document
     */
    Document fetch(Call call, Fetch fetch);

    /** A call reached a state. Must not wait. */
    void changed(Call call, CallStatus status);

    /** The detection found who answered. Must not wait. */
    void detected(Call call, String found);

    /** A recording reached a state. Must not wait. */
    void recorded(Recording recording);

    /** A conference or one of its participants changed. Must not wait. */
    void conference(Conference conference, String event, Conference.Member member);

    /** The settings of a leg that a document dials. */
    Map<String, List<String>> settings(Call parent, Verb target, Document document);

    /** Whether a number may be shown to a called phone. */
    boolean mayShow(Call parent, String callerId);

    /** Whether an empty answer to the report of a verb continues the document that has the verb. */
    boolean continuesAfterEmptyHook();

    /** Whether a caller hears of a document that could not be fetched; else the call is not answered. */
    boolean answersFailures();

    /** The sockets to assistants of the server; null at a carrier that has none. */
    Relays relays();

    /** Something that a developer would see in the carrier's log. */
    void error(String callSid, int code, String message);
}
