package dev.comuta.sandbox.voice;

import dev.comuta.sandbox.voice.relay.Relays;
import java.time.Duration;
import java.util.Map;

/** Follows the documents of one call, verb by verb, until the call ends. */
final class CallFlow {

    private static final int HOPS = 12;
    private static final int TOO_MANY_HOPS = 12_400;
    private static final int DIAL_IN_WHISPER = 13_201;
    private static final int UNKNOWN_VERB = 12_200;
    private static final int LETTERS_PER_SECOND = 14;
    private static final Duration SOUND = Duration.ofSeconds(3);
    private static final Duration TONE = Duration.ofMillis(500);

    private final Switchboard switchboard;
    private final Call call;
    private final boolean whispers;
    private int hops;

    /** @param whispers whether the documents are for a called phone before it is connected with the caller */
    CallFlow(Switchboard switchboard, Call call, boolean whispers) {
        this.switchboard = switchboard;
        this.call = call;
        this.whispers = whispers;
    }

    /** Follows the documents from this one on, and ends the call after the last. */
    void run(Fetch first) {
        Fetch next = first;
        while (true) {
            try {
                follow(next);
                end();
                return;
            } catch (Call.Redirected redirected) {
                next = redirected.target();
                hops = 0;
            } catch (Call.Ended over) {
                return;
            } catch (Document.Failed failed) {
                call.carrier().error(call.sid(), failed.code(), failed.getMessage());
                fail();
                return;
            }
        }
    }

    /**
     * Follows the documents from this one on.
     *
     * @return whether the last one came to its end; false when it hung up
     */
    boolean follow(Fetch first) {
        Next next = Next.document(first);
        Document document = null;
        int verb = 0;
        while (true) {
            call.check();
            if (next.fetch() != null) {
                Document fetched = fetch(next.fetch());
                boolean continues = next.fetch().isHook()
                        && fetched.verbs().isEmpty()
                        && document != null
                        && call.carrier().continuesAfterEmptyHook();
                if (!continues) {
                    document = fetched;
                    verb = 0;
                }
            }
            if (verb >= document.verbs().size()) {
                return true;
            }
            next = perform(document.verbs().get(verb++), document);
            if (next.ends()) {
                end();
                return false;
            }
        }
    }

    private Document fetch(Fetch fetch) {
        if (++hops > HOPS) {
            throw new Document.Failed(TOO_MANY_HOPS, "too many documents without a verb that takes time");
        }
        return call.carrier().fetch(call, fetch);
    }

    private Next perform(Verb verb, Document document) {
        if (!verb.name().equals("Redirect") && !verb.name().equals("Hangup")) {
            hops = 0;
        }
        return switch (verb.name()) {
            case "Say", "Play" -> speak(verb, document);
            case "Pause" -> pause(verb);
            case "Gather" -> new Gathering(switchboard, call).perform(verb, document);
            case "Dial" -> dial(verb, document);
            case "Record" -> new Voicemail(switchboard, call).perform(verb, document);
            case "Redirect" -> Next.document(Fetch.of(document.address(verb.text()), verb.attribute("method")));
            case "Reject" -> reject(verb);
            case "Hangup" -> Next.END;
            case "Leave" -> Next.VERB;
            case "Connect" -> connect(verb, document);
            default -> unknown(verb);
        };
    }

    private Next connect(Verb verb, Document document) {
        Relays relays = call.carrier().relays();
        return relays == null ? unknown(verb) : new Relaying(switchboard, call, relays).perform(verb, document);
    }

    private Next speak(Verb verb, Document document) {
        switchboard.answer(call);
        call.pass(hear(call, verb, document));
        return Next.VERB;
    }

    /** The phone hears a text, a sound or tones; returns how long it lasts. */
    static Duration hear(Call call, Verb verb, Document document) {
        String digits = verb.attribute("digits");
        if (!digits.isEmpty()) {
            call.phone().hear("tones", digits);
            return TONE.multipliedBy(digits.length());
        }
        boolean isText = verb.name().equals("Say");
        call.phone().hear(isText ? "say" : "play", isText ? verb.text() : document.address(verb.text()));
        return isText ? Duration.ofMillis(1000L * verb.text().length() / LETTERS_PER_SECOND) : SOUND;
    }

    private Next pause(Verb verb) {
        call.pass(verb.seconds("length", 1));
        return Next.VERB;
    }

    private Next dial(Verb verb, Document document) {
        if (whispers) {
            call.carrier().error(call.sid(), DIAL_IN_WHISPER, "Dial: Cannot Dial out from a Dial Call Segment");
            return Next.END;
        }
        boolean isConference =
                verb.nested().stream().anyMatch(noun -> noun.name().equals("Conference"));
        return isConference
                ? new Conferencing(switchboard, call).perform(verb, document)
                : new Dialing(switchboard, call).perform(verb, document);
    }

    private Next reject(Verb verb) {
        boolean isBusy = verb.attribute("reason").equals("busy");
        call.finish(isBusy ? CallStatus.BUSY : CallStatus.NO_ANSWER, isBusy ? 486 : 603);
        throw new Call.Ended();
    }

    private Next unknown(Verb verb) {
        call.carrier().error(call.sid(), UNKNOWN_VERB, "unknown verb " + verb.name());
        return Next.VERB;
    }

    private void fail() {
        if (call.phone() != null) {
            call.phone().hear("error", "application error");
        }
        if (call.carrier().answersFailures()) {
            switchboard.answer(call);
        }
        call.finish(call.status() == CallStatus.IN_PROGRESS ? CallStatus.COMPLETED : CallStatus.FAILED, 480);
    }

    /** The document's end answers a call that nothing answered before. */
    private void end() {
        switchboard.answer(call);
        call.finish(CallStatus.COMPLETED, 200);
    }

    /** Reports the end of a verb; nothing when the verb has no action. */
    static Next action(Verb verb, Document document, Map<String, String> fields) {
        String action = verb.attribute("action");
        return action.isEmpty()
                ? Next.VERB
                : Next.document(Fetch.hook(document.address(action), verb.attribute("method"), fields));
    }
}
