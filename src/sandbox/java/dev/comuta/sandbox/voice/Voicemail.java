package dev.comuta.sandbox.voice;

import dev.comuta.sandbox.Secrets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Record: a beep, then the person speaks until silence, a key, the longest time or the end of the call. */
final class Voicemail {

    private static final int SILENCE = 5;
    private static final int LONGEST = 3600;

    private final Switchboard switchboard;
    private final Call call;

    Voicemail(Switchboard switchboard, Call call) {
        this.switchboard = switchboard;
        this.call = call;
    }

    Next perform(Verb verb, Document document) {
        switchboard.answer(call);
        if (!verb.attribute("playBeep").equals("false")) {
            call.phone().hear("beep", "");
        }
        call.phone().ask("recording");
        Recording recording = switchboard.recordings().start(facts(verb, document));
        try {
            String key = speak(verb);
            boolean hasSound = key != null;
            switchboard.recordings().stop(recording, hasSound);
            return hasSound ? CallFlow.action(verb, document, fields(recording, key)) : Next.VERB;
        } catch (Call.Ended hungUp) {
            switchboard.recordings().stop(recording, true);
            reportBeside(verb, document, recording);
            throw hungUp;
        } finally {
            call.phone().askNothing();
            switchboard.recordings().stop(recording, true);
        }
    }

    /** Returns the key that ended the message, an empty text for silence after it, null for silence only. */
    private String speak(Verb verb) {
        Duration longest = verb.seconds("maxLength", LONGEST);
        Duration silence = verb.seconds("timeout", SILENCE);
        String keys = verb.attribute("finishOnKey", "1234567890*#");
        Reply reply = call.await(
                longest, () -> call.phone().input(one -> one.kind() != Reply.Kind.DIGITS || keys.contains(one.text())));
        if (reply == null) {
            return "";
        }
        return switch (reply.kind()) {
            case DIGITS -> reply.text();
            case SILENCE -> {
                call.pass(silence);
                yield null;
            }
            case MESSAGE -> {
                call.pass(shorter(reply.length().plus(silence), longest));
                yield "";
            }
            case MESSAGE_AND_HANG_UP -> {
                call.pass(shorter(reply.length(), longest));
                call.phone().hangUp();
                call.check();
                yield "";
            }
            case SPEECH -> {
                call.pass(shorter(silence, longest));
                yield "";
            }
        };
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private Recording.Facts facts(Verb verb, Document document) {
        String callback = verb.attribute("recordingStatusCallback");
        return new Recording.Facts(
                Secrets.sid("RE"),
                call.facts().accountSid(),
                call.sid(),
                "",
                "RecordVerb",
                1,
                call.carrier(),
                callback.isEmpty() ? "" : document.address(callback),
                List.copyOf(verb.words("recordingStatusCallbackEvent")));
    }

    private static Map<String, String> fields(Recording recording, String digits) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("RecordingSid", recording.facts().sid());
        fields.put("RecordingDuration", Long.toString(recording.seconds()));
        fields.put("Digits", digits);
        return fields;
    }

    /** A caller who hangs up has left the message; nobody hears the answer. */
    private void reportBeside(Verb verb, Document document, Recording recording) {
        Next next = CallFlow.action(verb, document, fields(recording, "hangup"));
        if (next.fetch() != null) {
            switchboard.report(call, next.fetch());
        }
    }
}
