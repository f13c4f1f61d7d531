package dev.comuta.sandbox.voice;

import dev.comuta.sandbox.voice.PhoneScript.Pickup;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** One call on a phone: what the person hears, and what the person does. */
public final class PhoneLeg {

    private final String callSid;
    private final String number;
    private final String other;
    private final boolean outgoing;
    private final PhoneScript script;
    private final Runnable changed;
    private final Instant since = Instant.now();
    private final Deque<Reply> scripted;
    private final Deque<Reply> inputs = new ArrayDeque<>();
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private volatile State state = State.RINGING;
    private volatile Pickup outcome;
    private volatile String asked = "";
    private volatile boolean hungUp;
    private volatile Supplier<String> speaking = () -> "";

    PhoneLeg(String callSid, String number, String other, boolean outgoing, PhoneScript script, Runnable changed) {
        this.callSid = callSid;
        this.number = number;
        this.other = other;
        this.outgoing = outgoing;
        this.script = script;
        this.changed = changed;
        this.scripted = new ArrayDeque<>(script.replies());
    }

    /** Where the call is, as its phone shows it. */
    public enum State {
        RINGING,
        CONNECTED,
        ENDED
    }

    public String callSid() {
        return callSid;
    }

    public String number() {
        return number;
    }

    /** The number at the other end, as the phone shows it. */
    public String other() {
        return other;
    }

    /** Whether this phone placed the call. */
    public boolean outgoing() {
        return outgoing;
    }

    public State state() {
        return state;
    }

    public Instant since() {
        return since;
    }

    /** What the call waits for: digits, speech, digits speech, recording, relay with speech, or an empty text. */
    public String asked() {
        return asked;
    }

    /** What an assistant says at this moment, as far as it was heard; else an empty text. */
    public String speaking() {
        return speaking.get();
    }

    /** Everything that this phone heard and did, in order. */
    public List<Heard> heard() {
        return List.copyOf(heard);
    }

    /** Whether it heard a text that contains this one. */
    public boolean heard(String text) {
        return heard.stream().anyMatch(one -> one.toString().contains(text));
    }

    public void answer() {
        decide(Pickup.ANSWER);
    }

    public void decline() {
        decide(Pickup.REJECT);
    }

    /** Presses keys. A call that does not ask for them drops them. */
    public void press(String digits) {
        enter(Reply.digits(digits), "digits");
    }

    /** Says words. A call that does not ask for them drops them. */
    public void say(String words) {
        enter(Reply.speech(words), "speech");
    }

    public void hangUp() {
        if (state != State.ENDED) {
            hungUp = true;
            changed.run();
        }
    }

    PhoneScript script() {
        return script;
    }

    /** What the person did with the ringing phone; null for nothing yet. */
    Pickup outcome() {
        return outcome;
    }

    boolean hungUp() {
        return hungUp;
    }

    void decide(Pickup decision) {
        synchronized (inputs) {
            if (outcome != null || state != State.RINGING) {
                return;
            }
            outcome = decision;
        }
        changed.run();
    }

    void connect() {
        if (state == State.RINGING) {
            state = State.CONNECTED;
        }
    }

    void end(String reason) {
        if (state != State.ENDED) {
            String unfinished = speaking.get();
            if (!unfinished.isEmpty()) {
                hear("relay", unfinished);
            }
            hear("end", reason);
            state = State.ENDED;
        }
    }

    void hear(String kind, String text) {
        heard.add(new Heard(Instant.now(), kind, text));
    }

    /** The call asks for something. A script replies at once. */
    void ask(String what) {
        synchronized (inputs) {
            inputs.clear();
            asked = what;
            takeTurn();
        }
    }

    /** An assistant speaks and listens. A script replies when {@link #takeTurn} says so. */
    void converse(String what, Supplier<String> spoken) {
        synchronized (inputs) {
            inputs.clear();
            asked = what;
            speaking = spoken;
        }
    }

    /** It is the person's turn. */
    void takeTurn() {
        synchronized (inputs) {
            Reply next = scripted.peek();
            if (next != null && suits(next, asked)) {
                inputs.add(scripted.poll());
            }
        }
    }

    private static boolean suits(Reply reply, String what) {
        return switch (reply.kind()) {
            case DIGITS -> what.contains("digits");
            case SPEECH -> what.contains("speech");
            case SILENCE -> true;
            case MESSAGE, MESSAGE_AND_HANG_UP -> what.equals("recording");
        };
    }

    void askNothing() {
        asked = "";
        speaking = () -> "";
    }

    boolean hasInput() {
        return hasInput(any -> true);
    }

    boolean hasInput(Predicate<Reply> wanted) {
        synchronized (inputs) {
            return inputs.stream().anyMatch(wanted);
        }
    }

    /** What {@link #input} returns next; null for nothing yet. */
    Reply upcoming() {
        synchronized (inputs) {
            return inputs.peek();
        }
    }

    /** The next thing that the person did and that suits; null for nothing yet. */
    Reply input(Predicate<Reply> wanted) {
        synchronized (inputs) {
            inputs.removeIf(reply -> !wanted.test(reply));
            Reply next = inputs.poll();
            if (next != null && next.length() == null && next.kind() != Reply.Kind.SILENCE) {
                hear(next.kind() == Reply.Kind.DIGITS ? "digits" : "speech", next.text());
            }
            return next;
        }
    }

    private void enter(Reply reply, String kind) {
        synchronized (inputs) {
            if (asked.isEmpty()) {
                hear(kind, reply.text());
                return;
            }
            inputs.add(reply);
        }
        changed.run();
    }
}
