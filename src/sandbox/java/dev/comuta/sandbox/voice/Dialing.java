package dev.comuta.sandbox.voice;

import dev.comuta.sandbox.Secrets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Dial: rings other phones, and connects the first that accepts with the caller. */
final class Dialing {

    private static final int RINGING = 30;
    private static final int LONGEST = 14_400;
    private static final int WRONG_CALLER_ID = 13_214;
    private static final int WRONG_NUMBER = 13_223;
    private static final String WHATSAPP = "whatsapp:";
    private static final String ADDRESS = "\\+[1-9]\\d{6,14}|(sip|sips|client|whatsapp):.+";

    private final Switchboard switchboard;
    private final Call call;

    Dialing(Switchboard switchboard, Call call) {
        this.switchboard = switchboard;
        this.call = call;
    }

    /** How the dialling ended; the leg is null when none was dialled. */
    private record Result(String status, DialedLeg leg, boolean bridged, Recording recording) {}

    Next perform(Verb verb, Document document) {
        if (!verb.flag("answerOnBridge")) {
            switchboard.answer(call);
        }
        String callerId = verb.attribute("callerId");
        boolean overWhatsApp = verb.nested().stream().anyMatch(Dialing::isOverWhatsApp);
        boolean mayShow = callerId.isEmpty() || call.carrier().mayShow(call, callerId);
        if (!mayShow || overWhatsApp != callerId.startsWith(WHATSAPP)) {
            call.carrier().error(call.sid(), WRONG_CALLER_ID, "Dial: Invalid callerId value " + callerId);
            return report(verb, document, new Result("failed", null, false, null));
        }
        List<DialedLeg> legs = new ArrayList<>();
        try {
            return report(verb, document, dial(verb, document, legs));
        } catch (Call.Ended hungUp) {
            boolean bridged = legs.stream().anyMatch(DialedLeg::isBridged);
            legs.forEach(DialedLeg::end);
            reportBeside(verb, document, new Result(bridged ? "completed" : "canceled", last(legs), bridged, null));
            throw hungUp;
        } finally {
            legs.forEach(DialedLeg::end);
        }
    }

    private Result dial(Verb verb, Document document, List<DialedLeg> legs) {
        List<Verb> targets =
                verb.nested().isEmpty() ? List.of(new Verb("Number", Map.of(), verb.text(), List.of())) : verb.nested();
        boolean inTurn = verb.flag("sequential");
        for (Verb target : targets) {
            DialedLeg leg = start(verb, document, target);
            if (leg != null) {
                legs.add(leg);
            }
            DialedLeg ready = inTurn && leg != null ? awaitReady(List.of(leg)) : null;
            if (ready != null) {
                return connect(verb, document, legs, ready);
            }
        }
        DialedLeg ready = inTurn ? null : awaitReady(legs);
        return ready == null
                ? new Result(unanswered(legs), last(legs), false, null)
                : connect(verb, document, legs, ready);
    }

    private static boolean isOverWhatsApp(Verb target) {
        return target.name().equals("WhatsApp");
    }

    private DialedLeg start(Verb verb, Document document, Verb target) {
        String telephone = target.text().replaceAll("[\\s()-]", "");
        String number = isOverWhatsApp(target) ? WHATSAPP + telephone : telephone;
        if (!number.matches(ADDRESS)) {
            call.carrier().error(call.sid(), WRONG_NUMBER, "Dial: Invalid phone number format " + target.text());
            return null;
        }
        String callerId = verb.attribute("callerId", call.facts().from());
        CallFacts facts = new CallFacts(
                Secrets.sid("CA"), call.sid(), call.facts().accountSid(), CallFacts.OUTBOUND_DIAL, callerId, number);
        Call child = switchboard.add(facts, call.carrier().settings(call, target, document), call.carrier());
        String whisper = target.attribute("url");
        Fetch fetch = whisper.isEmpty() ? null : Fetch.of(document.address(whisper), target.attribute("method"));
        DialedLeg leg = new DialedLeg(switchboard, child, fetch);
        child.watch(call::wake);
        Thread.startVirtualThread(() -> leg.run(verb.seconds("timeout", RINGING)));
        return leg;
    }

    private DialedLeg awaitReady(List<DialedLeg> legs) {
        Duration beyondEveryTimeout = Duration.ofDays(1);
        List<DialedLeg> first = call.await(beyondEveryTimeout, () -> decided(legs));
        return first == null || first.isEmpty() ? null : first.getFirst();
    }

    /** The leg that accepted; empty when all have ended; null while one may still accept. */
    private static List<DialedLeg> decided(List<DialedLeg> legs) {
        List<DialedLeg> ready = legs.stream().filter(DialedLeg::isReady).toList();
        if (!ready.isEmpty()) {
            return ready;
        }
        return legs.stream().allMatch(leg -> leg.call().isOver()) ? List.of() : null;
    }

    private Result connect(Verb verb, Document document, List<DialedLeg> legs, DialedLeg winner) {
        legs.stream().filter(leg -> leg != winner).forEach(DialedLeg::end);
        switchboard.answer(call);
        if (!winner.bridge(call)) {
            return new Result("completed", winner, false, null);
        }
        Recording recording = record(verb, document);
        call.await(verb.seconds("timeLimit", LONGEST), () -> winner.isOver() ? Boolean.TRUE : null);
        winner.end();
        if (recording != null) {
            switchboard.recordings().stop(recording, true);
        }
        return new Result("completed", winner, true, recording);
    }

    private Recording record(Verb verb, Document document) {
        String wanted = verb.attribute("record");
        if (!wanted.startsWith("record-") && !wanted.equals("true")) {
            return null;
        }
        String callback = verb.attribute("recordingStatusCallback");
        return switchboard
                .recordings()
                .start(
                        call,
                        new Recording.Facts(
                                Secrets.sid("RE"),
                                call.facts().accountSid(),
                                call.sid(),
                                "",
                                "DialVerb",
                                wanted.endsWith("-dual") ? 2 : 1,
                                call.carrier(),
                                callback.isEmpty() ? "" : document.address(callback),
                                verb.words("recordingStatusCallbackEvent")));
    }

    private static String unanswered(List<DialedLeg> legs) {
        List<CallStatus> ends = legs.stream().map(leg -> leg.call().status()).toList();
        if (ends.contains(CallStatus.NO_ANSWER) || ends.contains(CallStatus.COMPLETED)) {
            return CallStatus.NO_ANSWER.word();
        }
        return ends.contains(CallStatus.BUSY) ? CallStatus.BUSY.word() : CallStatus.FAILED.word();
    }

    private static DialedLeg last(List<DialedLeg> legs) {
        return legs.stream().filter(DialedLeg::isBridged).findFirst().orElse(legs.isEmpty() ? null : legs.getLast());
    }

    private static Next report(Verb verb, Document document, Result result) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("DialCallStatus", result.status());
        fields.put("DialBridged", Boolean.toString(result.bridged()));
        if (result.leg() != null) {
            fields.put("DialCallSid", result.leg().call().sid());
            fields.put("DialCallDuration", Long.toString(result.leg().call().seconds()));
        }
        if (result.recording() != null) {
            fields.put("RecordingSid", result.recording().facts().sid());
            fields.put("RecordingDuration", Long.toString(result.recording().seconds()));
        }
        return CallFlow.action(verb, document, fields);
    }

    private void reportBeside(Verb verb, Document document, Result result) {
        Next next = report(verb, document, result);
        if (next.fetch() != null) {
            switchboard.report(call, next.fetch());
        }
    }
}
