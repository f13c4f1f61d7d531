package dev.comuta.sandbox.voice;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A room in which calls hear each other. It starts with the second participant, when one may start it. */
final class Conference {

    private final Facts facts;
    private final Instant created = Instant.now();
    private final Map<String, Member> members = new ConcurrentHashMap<>();
    private final AtomicInteger sequence = new AtomicInteger();
    private final List<Runnable> atEnd = new CopyOnWriteArrayList<>();
    private volatile String status = "init";
    private volatile String endedBy = "";
    private volatile String reason = "";

    /**
     * What never changes of it.
     *
     * @param callback where its events go, as its first participant said; empty for nowhere
     * @param events which ones: start, end, join, leave, mute, hold
     */
    record Facts(String sid, String name, String accountSid, Carrier carrier, String callback, List<String> events) {}

    /** One call in the room. */
    static final class Member {
        private final Call call;
        private final String label;
        private final boolean starts;
        private volatile boolean ends;
        private volatile boolean muted;
        private volatile boolean onHold;
        private volatile boolean gone;

        Member(Call call, String label, boolean starts, boolean ends, boolean muted) {
            this.call = call;
            this.label = label;
            this.starts = starts;
            this.ends = ends;
            this.muted = muted;
        }

        Call call() {
            return call;
        }

        String label() {
            return label;
        }

        boolean starts() {
            return starts;
        }

        boolean ends() {
            return ends;
        }

        void ends(boolean endsOnExit) {
            ends = endsOnExit;
        }

        boolean muted() {
            return muted;
        }

        boolean onHold() {
            return onHold;
        }

        boolean gone() {
            return gone;
        }
    }

    Conference(Facts facts) {
        this.facts = facts;
    }

    Facts facts() {
        return facts;
    }

    Instant created() {
        return created;
    }

    String status() {
        return status;
    }

    /** Why it ended, in Twilio's words; empty before. */
    String reason() {
        return reason;
    }

    /** The call that ended it; empty for none. */
    String endedBy() {
        return endedBy;
    }

    int nextSequence() {
        return sequence.incrementAndGet();
    }

    boolean isOver() {
        return status.equals("completed");
    }

    List<Member> members() {
        return List.copyOf(members.values());
    }

    /** By call or label; null for none. */
    Member member(String callSidOrLabel) {
        return members().stream()
                .filter(one ->
                        one.call().sid().equals(callSidOrLabel) || one.label().equals(callSidOrLabel))
                .findFirst()
                .orElse(null);
    }

    synchronized void join(Member member) {
        members.put(member.call().sid(), member);
        report("participant-join", member);
        if (status.equals("init") && members.size() > 1 && members().stream().anyMatch(Member::starts)) {
            status = "in-progress";
            report("conference-start", member);
            members.values().forEach(this::hearConference);
        } else if (status.equals("in-progress")) {
            hearConference(member);
        }
    }

    private void hearConference(Member member) {
        member.call().phone().hear("conference", facts.name());
    }

    /** A participant is out of the room, which may end it. */
    synchronized void leave(Member member, boolean kicked) {
        if (members.remove(member.call().sid()) == null) {
            return;
        }
        member.gone = true;
        report("participant-leave", member);
        if (member.ends()) {
            finish(
                    "participant-with-end-conference-on-exit-" + (kicked ? "kicked" : "left"),
                    member.call().sid());
        } else if (members.isEmpty()) {
            finish(
                    "last-participant-" + (kicked ? "kicked" : "left"),
                    member.call().sid());
        }
        member.call().wake();
    }

    synchronized void finish(String why, String callSid) {
        if (isOver()) {
            return;
        }
        reason = why;
        endedBy = callSid;
        for (Member member : members()) {
            members.remove(member.call().sid());
            member.gone = true;
            report("participant-leave", member);
            member.call().wake();
        }
        status = "completed";
        report("conference-end", null);
        atEnd.forEach(Runnable::run);
    }

    /** Runs when the conference ends. */
    void atEnd(Runnable work) {
        atEnd.add(work);
    }

    void mute(Member member, boolean muted) {
        if (member.muted != muted) {
            member.muted = muted;
            report(muted ? "participant-mute" : "participant-unmute", member);
        }
    }

    void hold(Member member, boolean onHold) {
        if (member.onHold != onHold) {
            member.onHold = onHold;
            member.call().phone().hear(onHold ? "hold" : "unhold", facts.name());
            report(onHold ? "participant-hold" : "participant-unhold", member);
        }
    }

    private void report(String event, Member member) {
        facts.carrier().conference(this, event, member);
    }
}
