package dev.comuta.sandbox.voice;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Gather: speaks its prompts, and waits for digits or words. */
final class Gathering {

    private static final int TIMEOUT = 5;
    private static final int WRONG_MODEL = 13_335;
    private static final String CONFIDENCE = "0.9";

    private final Switchboard switchboard;
    private final Call call;

    Gathering(Switchboard switchboard, Call call) {
        this.switchboard = switchboard;
        this.call = call;
    }

    Next perform(Verb verb, Document document) {
        switchboard.answer(call);
        String input = verb.attribute("input", "dtmf");
        boolean wantsSpeech = input.contains("speech");
        if (wantsSpeech
                && verb.attribute("speechTimeout").equals("auto")
                && verb.attribute("speechModel").isEmpty()) {
            call.carrier().error(call.sid(), WRONG_MODEL, "Gather: speechTimeout auto needs a speechModel");
        }
        PhoneLeg phone = call.phone();
        phone.ask(input.replace("dtmf", "digits"));
        try {
            prompt(verb, document, wanted(verb, wantsSpeech).and(one -> one.kind() != Reply.Kind.SILENCE));
            Map<String, String> result = collect(verb, wantsSpeech);
            return result.isEmpty() && !verb.flag("actionOnEmptyResult") ? Next.VERB : report(verb, document, result);
        } finally {
            phone.askNothing();
        }
    }

    private static Predicate<Reply> wanted(Verb verb, boolean wantsSpeech) {
        boolean wantsDigits = !verb.attribute("input", "dtmf").equals("speech");
        return one -> one.kind() == Reply.Kind.SPEECH ? wantsSpeech : one.kind() == Reply.Kind.SILENCE || wantsDigits;
    }

    private void prompt(Verb verb, Document document, Predicate<Reply> wanted) {
        for (Verb prompt : verb.nested()) {
            Duration length =
                    prompt.name().equals("Pause") ? prompt.seconds("length", 1) : CallFlow.hear(call, prompt, document);
            call.await(length, () -> call.phone().hasInput(wanted) ? Boolean.TRUE : null);
        }
    }

    private Map<String, String> collect(Verb verb, boolean wantsSpeech) {
        Predicate<Reply> wanted = wanted(verb, wantsSpeech);
        String last = verb.attribute("finishOnKey", "#");
        int most = (int) verb.seconds("numDigits", Integer.MAX_VALUE).toSeconds();
        Duration timeout = verb.seconds("timeout", TIMEOUT);
        StringBuilder digits = new StringBuilder();
        while (digits.length() < most) {
            Reply reply = call.await(timeout, () -> call.phone().input(wanted));
            if (reply == null || reply.kind() == Reply.Kind.SILENCE) {
                if (reply != null) {
                    call.pass(timeout);
                }
                break;
            }
            if (reply.kind() == Reply.Kind.SPEECH) {
                return speech(reply.text() + more(silence(verb, timeout)));
            }
            if (isFinished(digits, reply.text(), last, most)) {
                break;
            }
        }
        Map<String, String> result = new LinkedHashMap<>();
        if (!digits.isEmpty()) {
            result.put("Digits", digits.toString());
        }
        return result;
    }

    /** How long the person must be silent to have said all: the timeout, unless the verb says otherwise. */
    private static Duration silence(Verb verb, Duration timeout) {
        return verb.attribute("speechTimeout").equals("auto")
                ? Duration.ofSeconds(1)
                : verb.seconds("speechTimeout", (int) timeout.toSeconds());
    }

    /** What the person adds before the silence. */
    private String more(Duration silence) {
        StringBuilder words = new StringBuilder();
        Reply next;
        do {
            next = call.await(silence, () -> call.phone().input(one -> one.kind() == Reply.Kind.SPEECH));
            words.append(next == null ? "" : " " + next.text());
        } while (next != null);
        return words.toString();
    }

    /** Adds the pressed keys; true when one of them ends the input. */
    private static boolean isFinished(StringBuilder digits, String pressed, String last, int most) {
        for (int i = 0; i < pressed.length(); i++) {
            char key = pressed.charAt(i);
            if (last.indexOf(key) >= 0 || digits.length() >= most) {
                return true;
            }
            digits.append(key);
        }
        return false;
    }

    private static Map<String, String> speech(String words) {
        Map<String, String> result = new LinkedHashMap<>();
        result.put("SpeechResult", words);
        result.put("Confidence", CONFIDENCE);
        return result;
    }

    /** Without an action the report goes to the address of the document. */
    private static Next report(Verb verb, Document document, Map<String, String> result) {
        String action = document.address(verb.attribute("action"));
        String empty = verb.attribute("input").equals("speech") ? "SpeechResult" : "Digits";
        Map<String, String> fields = result.isEmpty() ? Map.of(empty, "") : result;
        return action.isEmpty() ? Next.VERB : Next.document(Fetch.hook(action, verb.attribute("method"), fields));
    }
}
