package dev.comuta.sandbox.voice;

import dev.comuta.sandbox.Secrets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Dial with a Conference: the call stays in the room until it leaves or the room ends. */
final class Conferencing {

    private static final int LONGEST = 14_400;

    private final Switchboard switchboard;
    private final Call call;

    Conferencing(Switchboard switchboard, Call call) {
        this.switchboard = switchboard;
        this.call = call;
    }

    Next perform(Verb verb, Document document) {
        switchboard.answer(call);
        Verb noun = verb.nested().stream()
                .filter(one -> one.name().equals("Conference"))
                .findFirst()
                .orElseThrow();
        Conference room =
                switchboard.conferences().named(call.facts().accountSid(), noun.text(), () -> facts(noun, document));
        Conference.Member member = new Conference.Member(
                call,
                noun.attribute("participantLabel"),
                !noun.attribute("startConferenceOnEnter").equals("false"),
                noun.flag("endConferenceOnExit"),
                noun.flag("muted"));
        record(noun, document, room);
        try {
            room.join(member);
            stay(verb.seconds("timeLimit", LONGEST), room, member);
        } catch (Call.Ended hungUp) {
            room.leave(member, false);
            reportBeside(verb, document, member);
            throw hungUp;
        } finally {
            room.leave(member, false);
        }
        return CallFlow.action(verb, document, fields(member));
    }

    private void stay(Duration longest, Conference room, Conference.Member member) {
        call.await(longest, () -> (member.gone() || room.isOver()) ? Boolean.TRUE : null);
    }

    private Conference.Facts facts(Verb noun, Document document) {
        String callback = noun.attribute("statusCallback");
        return new Conference.Facts(
                Secrets.sid("CF"),
                noun.text(),
                call.facts().accountSid(),
                call.carrier(),
                callback.isEmpty() ? "" : document.address(callback),
                noun.words("statusCallbackEvent"));
    }

    private void record(Verb noun, Document document, Conference room) {
        boolean wanted = noun.attribute("record").equals("record-from-start");
        if (!wanted || !room.members().isEmpty()) {
            return;
        }
        String callback = noun.attribute("recordingStatusCallback");
        Recording recording = switchboard
                .recordings()
                .start(new Recording.Facts(
                        Secrets.sid("RE"),
                        call.facts().accountSid(),
                        "",
                        room.facts().sid(),
                        "Conference",
                        2,
                        call.carrier(),
                        callback.isEmpty() ? "" : document.address(callback),
                        List.copyOf(noun.words("recordingStatusCallbackEvent"))));
        room.atEnd(() -> switchboard.recordings().stop(recording, true));
    }

    private static Map<String, String> fields(Conference.Member member) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("DialCallStatus", "answered");
        fields.put("DialBridged", "true");
        fields.put("DialCallDuration", Long.toString(member.call().seconds()));
        return fields;
    }

    private void reportBeside(Verb verb, Document document, Conference.Member member) {
        Next next = CallFlow.action(verb, document, fields(member));
        if (next.fetch() != null) {
            switchboard.report(call, next.fetch());
        }
    }
}
