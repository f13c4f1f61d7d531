package dev.comuta.sandbox.voice;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * One leg of a call at a carrier. Its flow is one thread that waits here for what phones and requests do; a state never
 * goes back.
 */
final class Call {

    private final CallFacts facts;
    private final Map<String, List<String>> settings;
    private final Carrier carrier;
    private final Pace pace;
    private final Instant created = Instant.now();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private final AtomicInteger sequence = new AtomicInteger();
    private volatile CallStatus status = CallStatus.QUEUED;
    private volatile PhoneLeg phone;
    private volatile Instant answered;
    private volatile Instant ended;
    private volatile Integer sipCode;
    private volatile String answeredBy;
    private volatile Fetch redirect;

    /** @param settings the form of the request or the attributes of the noun that made it */
    Call(CallFacts facts, Map<String, List<String>> settings, Carrier carrier, Pace pace) {
        this.facts = facts;
        this.settings = settings;
        this.carrier = carrier;
        this.pace = pace;
    }

    /** The call ended while its flow waited. */
    static final class Ended extends RuntimeException {
        Ended() {
            super("the call ended", null, false, false);
        }
    }

    /** A request sent the call to another document while its flow waited. */
    static final class Redirected extends RuntimeException {
        private final transient Fetch target;

        Redirected(Fetch target) {
            super("the call was redirected", null, false, false);
            this.target = target;
        }

        Fetch target() {
            return target;
        }
    }

    CallFacts facts() {
        return facts;
    }

    String sid() {
        return facts.sid();
    }

    Carrier carrier() {
        return carrier;
    }

    /** A setting that is given once; empty when it is absent. */
    String setting(String name) {
        List<String> values = settings.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.getFirst();
    }

    /** A setting that may be repeated. */
    List<String> settings(String name) {
        return settings.getOrDefault(name, List.of());
    }

    CallStatus status() {
        return status;
    }

    boolean isOver() {
        return status.isFinal();
    }

    Instant created() {
        return created;
    }

    /** Null before the answer. */
    Instant answered() {
        return answered;
    }

    /** Null before the end. */
    Instant ended() {
        return ended;
    }

    /** Null until the end. */
    Integer sipCode() {
        return sipCode;
    }

    /** What the detection found; null without one. */
    String answeredBy() {
        return answeredBy;
    }

    void answeredBy(String found) {
        answeredBy = found;
    }

    PhoneLeg phone() {
        return phone;
    }

    void phone(PhoneLeg leg) {
        phone = leg;
    }

    int nextSequence() {
        return sequence.getAndIncrement();
    }

    /** Seconds between answer and end, or now. */
    long seconds() {
        if (answered == null) {
            return 0;
        }
        return pace.seconds(answered, ended == null ? Instant.now() : ended);
    }

    /** Runs on every change of this call. */
    void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    /** Goes to a later state; false when the call is in it or beyond it. */
    boolean become(CallStatus next) {
        synchronized (watchers) {
            if (status.isFinal() || status.compareTo(next) >= 0) {
                return false;
            }
            status = next;
            if (next == CallStatus.IN_PROGRESS) {
                answered = Instant.now();
            }
            if (!next.isFinal()) {
                carrier.changed(this, next);
            }
        }
        if (!next.isFinal()) {
            wake();
        }
        return true;
    }

    /** Ends the call; only the first end counts. */
    void finish(CallStatus end, int code) {
        synchronized (watchers) {
            if (!become(end)) {
                return;
            }
            ended = Instant.now();
            sipCode = code;
            if (phone != null) {
                phone.end(end.word());
            }
            carrier.changed(this, end);
        }
        wake();
    }

    /** Ends the call as its state allows: a ringing call is canceled, a connected one completed. */
    void cancelOrComplete() {
        if (status == CallStatus.IN_PROGRESS) {
            finish(CallStatus.COMPLETED, 200);
        } else {
            finish(CallStatus.CANCELED, 487);
        }
    }

    /** Sends the call to another document. */
    void redirect(Fetch target) {
        redirect = target;
        wake();
    }

    /** The phone did something. */
    void phoneChanged() {
        PhoneLeg leg = phone;
        if (leg != null && leg.hungUp()) {
            boolean connected = status == CallStatus.IN_PROGRESS;
            finish(connected ? CallStatus.COMPLETED : CallStatus.NO_ANSWER, connected ? 200 : 487);
        } else {
            wake();
        }
    }

    void wake() {
        synchronized (watchers) {
            watchers.notifyAll();
        }
        watchers.forEach(Runnable::run);
    }

    /** Stops a flow whose call ended or went elsewhere. */
    void check() {
        if (status.isFinal()) {
            throw new Ended();
        }
        synchronized (watchers) {
            Fetch target = redirect;
            if (target != null) {
                redirect = null;
                throw new Redirected(target);
            }
        }
    }

    /**
     * Waits until something is ready.
     *
     * @param longest in seconds of the call; null for as long as the call lasts
     * @return null when the time is over
     */
    <T> T await(Duration longest, Supplier<T> ready) {
        return awaitReal(longest == null ? null : pace.real(longest), ready);
    }

    /** Waits as {@link #await}, for at most this real time. */
    <T> T awaitReal(Duration longest, Supplier<T> ready) {
        long deadline = longest == null ? 0 : System.nanoTime() + longest.toNanos();
        synchronized (watchers) {
            while (true) {
                check();
                T found = ready.get();
                long left = longest == null ? Long.MAX_VALUE : deadline - System.nanoTime();
                if (found != null || left <= 0) {
                    return found;
                }
                sleep(left);
            }
        }
    }

    private void sleep(long nanos) {
        try {
            if (nanos == Long.MAX_VALUE) {
                watchers.wait();
            } else {
                TimeUnit.NANOSECONDS.timedWait(watchers, Math.max(nanos, 1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Ended();
        }
    }

    /** The real length of a time of the call. */
    Duration real(Duration ofCall) {
        return pace.real(ofCall);
    }

    /** Lets time of the call pass. */
    void pass(Duration time) {
        await(time, () -> null);
    }
}
