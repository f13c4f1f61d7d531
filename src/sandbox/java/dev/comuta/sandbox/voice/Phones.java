package dev.comuta.sandbox.voice;

import dev.comuta.sandbox.voice.PhoneScript.Pickup;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** The phones of persons, brokers and mailboxes, one for each number, and their calls at all carriers. */
public final class Phones implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int REMEMBERED = 200;
    private static final Deque<PhoneLeg> EMPTY = new ConcurrentLinkedDeque<>();

    private final Map<String, Deque<PhoneScript>> scripts = new ConcurrentHashMap<>();
    private final Map<String, Deque<PhoneLeg>> legs = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sandbox-phones").factory());
    private final Pace pace;
    private volatile PhoneScript otherwise = PhoneScript.rings();

    /** Phones without scripts, which ring and wait. */
    public Phones(Pace pace) {
        this.pace = pace;
    }

    /** Sets what the phone of a number does with its next calls, one script each; the last one stays. */
    public void script(String number, PhoneScript... next) {
        scripts.put(number, new ConcurrentLinkedDeque<>(Arrays.asList(next)));
    }

    /** Sets what the phones without a script do; at first they ring and wait. */
    public void otherwise(PhoneScript script) {
        otherwise = script;
    }

    /** Deletes all scripts and transcripts. Calls go on. */
    public void clear() {
        scripts.clear();
        legs.clear();
        otherwise = PhoneScript.rings();
    }

    /** The calls of a phone, oldest first. */
    public List<PhoneLeg> calls(String number) {
        return List.copyOf(legs.getOrDefault(number, EMPTY));
    }

    /** The calls of all phones. */
    public List<PhoneLeg> calls() {
        return legs.values().stream().flatMap(Collection::stream).toList();
    }

    /** Everything that a phone heard and did in all its calls, in order: {@code kind: text}. */
    public List<String> heard(String number) {
        return calls(number).stream()
                .flatMap(leg -> leg.heard().stream())
                .map(Heard::toString)
                .toList();
    }

    /** Waits until the phone rings. */
    public PhoneLeg awaitRinging(String number) {
        return await(number, leg -> leg.state() == PhoneLeg.State.RINGING && !leg.outgoing());
    }

    /** Waits until the phone is in a connected call. */
    public PhoneLeg awaitConnected(String number) {
        return await(number, leg -> leg.state() == PhoneLeg.State.CONNECTED);
    }

    /** Waits until a call asks the phone for digits, speech or a recording. */
    public PhoneLeg awaitAsked(String number) {
        return await(number, leg -> !leg.asked().isEmpty());
    }

    /** Waits until the phone heard a text that contains this one. */
    public PhoneLeg awaitHeard(String number, String text) {
        return await(number, leg -> leg.heard(text));
    }

    /** Waits until the newest call of the phone ended. */
    public PhoneLeg awaitEnded(String number) {
        return await(number, leg -> leg == calls(number).getLast() && leg.state() == PhoneLeg.State.ENDED);
    }

    private PhoneLeg await(String number, Predicate<PhoneLeg> wanted) {
        PhoneLeg[] found = {null};
        Awaitility.await("phone " + number)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    found[0] = calls(number).reversed().stream()
                            .filter(wanted)
                            .findFirst()
                            .orElse(null);
                    return found[0] != null;
                });
        return found[0];
    }

    /** The next script of a number, without using it up. */
    PhoneScript upcoming(String number) {
        Deque<PhoneScript> own = scripts.get(number);
        PhoneScript next = own == null ? null : own.peek();
        return next == null ? otherwise : next;
    }

    /** A call reaches this phone. */
    PhoneLeg ring(String callSid, String number, String caller, Runnable changed) {
        PhoneLeg leg = add(new PhoneLeg(callSid, number, caller, false, take(number), changed));
        PhoneScript script = leg.script();
        if (script.pickup() != Pickup.WAIT && script.pickup() != Pickup.NO_ANSWER) {
            later(script.after(), () -> leg.decide(script.pickup()));
        }
        return leg;
    }

    /** This phone places a call. */
    PhoneLeg place(String callSid, String number, String called, Runnable changed) {
        PhoneLeg leg = add(new PhoneLeg(callSid, number, called, true, take(number), changed));
        hangUpLater(leg);
        return leg;
    }

    /** The phone is connected. */
    void connect(PhoneLeg leg) {
        leg.connect();
        if (!leg.outgoing()) {
            hangUpLater(leg);
        }
    }

    private void hangUpLater(PhoneLeg leg) {
        if (leg.script().hangsUpAfter() != null) {
            later(leg.script().hangsUpAfter(), leg::hangUp);
        }
    }

    private PhoneScript take(String number) {
        PhoneScript[] taken = {otherwise};
        scripts.computeIfPresent(number, (key, own) -> {
            if (!own.isEmpty()) {
                taken[0] = own.size() > 1 ? own.poll() : own.peek();
            }
            return own;
        });
        return taken[0];
    }

    private PhoneLeg add(PhoneLeg leg) {
        Deque<PhoneLeg> own = legs.computeIfAbsent(leg.number(), key -> new ConcurrentLinkedDeque<>());
        own.addLast(leg);
        if (own.size() > REMEMBERED) {
            own.pollFirst();
        }
        return leg;
    }

    /** Runs work when this time of a call is over. */
    void later(Duration ofCall, Runnable work) {
        if (ofCall.isZero()) {
            work.run();
        } else {
            var _ = timer.schedule(work, pace.real(ofCall).toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
