package dev.comuta.sandbox.voice;

import dev.comuta.sandbox.voice.PhoneScript.Pickup;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All calls of one carrier, and how its legs ring. */
final class Switchboard {

    private static final int REMEMBERED = 200_000;
    private static final Duration DETECTION = Duration.ofSeconds(3);

    private final Map<String, Call> calls = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Call> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final Phones phones;
    private final Pace pace;
    private final Recordings recordings;
    private final Conferences conferences = new Conferences();

    Switchboard(Phones phones, Pace pace) {
        this.phones = phones;
        this.pace = pace;
        this.recordings = new Recordings(pace);
    }

    Phones phones() {
        return phones;
    }

    Pace pace() {
        return pace;
    }

    Recordings recordings() {
        return recordings;
    }

    Conferences conferences() {
        return conferences;
    }

    /** A new call that nothing has dialled yet. */
    Call add(CallFacts facts, Map<String, List<String>> settings, Carrier carrier) {
        Call call = new Call(facts, settings, carrier, pace);
        synchronized (calls) {
            calls.put(facts.sid(), call);
        }
        return call;
    }

    /** The call with this id; null for none. */
    Call find(String sid) {
        synchronized (calls) {
            return calls.get(sid);
        }
    }

    /** All calls, oldest first. */
    List<Call> all() {
        synchronized (calls) {
            return List.copyOf(calls.values());
        }
    }

    /** Ends every call, without waiting for its flow. */
    void close() {
        all().stream().filter(call -> !call.isOver()).forEach(Call::cancelOrComplete);
    }

    /** A phone places a call, which waits for the carrier's first verb. */
    void place(Call call, String phone) {
        call.phone(phones.place(call.sid(), phone, call.facts().to(), call::phoneChanged));
        call.become(CallStatus.RINGING);
    }

    /** Answers the caller, when nothing did before. */
    void answer(Call call) {
        if (call.facts().isInbound() && call.become(CallStatus.IN_PROGRESS)) {
            phones.connect(call.phone());
        }
    }

    /**
     * Rings a phone until it answers.
     *
     * @return false when the call ended without an answer
     */
    boolean ring(Call call, Duration timeout) {
        CallFacts facts = call.facts();
        call.check();
        call.become(CallStatus.INITIATED);
        boolean unknown = phones.upcoming(facts.phone()).pickup() == Pickup.FAIL;
        if (!unknown) {
            call.become(CallStatus.RINGING);
        }
        call.phone(phones.ring(facts.sid(), facts.phone(), facts.other(), call::phoneChanged));
        if (call.isOver()) {
            call.phone().end(call.status().word());
        }
        Pickup outcome = call.await(timeout, () -> call.phone().outcome());
        if (outcome == Pickup.ANSWER) {
            phones.connect(call.phone());
            call.become(CallStatus.IN_PROGRESS);
            call.check();
            return true;
        }
        finishUnanswered(call, outcome);
        return false;
    }

    private static void finishUnanswered(Call call, Pickup outcome) {
        switch (outcome) {
            case BUSY -> call.finish(CallStatus.BUSY, 486);
            case REJECT -> call.finish(CallStatus.BUSY, 603);
            case FAIL, REFUSE ->
                call.finish(CallStatus.FAILED, call.phone().script().sipCode());
            case null, default -> call.finish(CallStatus.NO_ANSWER, 487);
        }
    }

    /** Reports the end of a verb of a call that is over; the answer has no effect. */
    void report(Call call, Fetch hook) {
        Thread.startVirtualThread(() -> {
            try {
                call.carrier().fetch(call, hook);
            } catch (Document.Failed failed) {
                call.carrier().error(call.sid(), failed.code(), failed.getMessage());
            }
        });
    }

    /** Ends the call when it lasts longer. */
    void limit(Call call, Duration longest) {
        phones.later(longest, () -> call.finish(CallStatus.COMPLETED, 200));
    }

    /** Finds out who answered, when the call asks for it: before its first document, or beside it. */
    void detect(Call call) {
        String wanted = call.setting("MachineDetection");
        if (wanted.isEmpty() || wanted.equals("None")) {
            return;
        }
        PhoneScript script = call.phone().script();
        boolean waitsForEnd = wanted.equals("DetectMessageEnd");
        String found =
                script.answeredBy().startsWith("machine") && !waitsForEnd ? "machine_start" : script.answeredBy();
        if (call.setting("AsyncAmd").equals("true")) {
            Thread.startVirtualThread(() -> detectBeside(call, found));
        } else {
            call.pass(DETECTION);
            call.answeredBy(found);
        }
    }

    private static void detectBeside(Call call, String found) {
        PhoneLeg phone = call.phone();
        try {
            Thread.sleep(call.real(DETECTION));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (phone.state() == PhoneLeg.State.CONNECTED) {
            if (found.equals("machine_end_beep")) {
                phone.hear("beep", "");
            }
            call.answeredBy(found);
            call.carrier().detected(call, found);
        }
    }
}
