package dev.comuta.sandbox.voice.relay;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * What the assistant says in a session: texts and sounds, one after the other, each for its time. Tokens up to the last one
 * are one text. After an interruption the rest of an unfinished text is dropped, until its last token.
 */
public final class RelaySpeech {

    private static final int LETTERS_PER_SECOND = 14;
    private static final Duration SOUND = Duration.ofSeconds(3);
    private static final int MOST_LOOPS = 1000;
    private static final String TEXT = "relay";

    private final UnaryOperator<Duration> real;
    private final BiConsumer<String, String> heard;
    private final Deque<Piece> queue = new ArrayDeque<>();
    private final StringBuilder said = new StringBuilder();
    private Duration saidFor = Duration.ZERO;
    private Piece current;
    private long startedAt;
    private int turn;
    private int saidTurn;
    private boolean open;
    private boolean deaf;
    private boolean finished;

    /**
     * Silence.
     *
     * @param real the real length of a time of the call
     * @param heard gets {@code relay} with a text, or {@code play} with an address, when it is over or broke off
     */
    public RelaySpeech(UnaryOperator<Duration> real, BiConsumer<String, String> heard) {
        this.real = real;
        this.heard = heard;
    }

    private record Piece(
            String kind, String text, String interruptible, boolean preemptible, int turn, Duration length) {

        boolean isInterruptedBy(String input) {
            return List.of("any", input).contains(interruptible);
        }
    }

    /**
     * What was heard until the caller interrupted.
     *
     * @param text of the interrupted text
     * @param milliseconds of the call
     */
    public record Interruption(String text, long milliseconds) {}

    /** Adds a token. */
    public synchronized void text(String token, boolean last, String interruptible, boolean preemptible) {
        if (deaf) {
            deaf = !last;
            return;
        }
        preempt(turn);
        if (!token.isEmpty()) {
            Duration length = Duration.ofMillis(1000L * token.length() / LETTERS_PER_SECOND);
            add(new Piece(TEXT, token, interruptible, preemptible, turn, length));
        }
        open = !last;
        if (last) {
            turn++;
            flush();
        }
    }

    /** Adds a sound. */
    public synchronized void play(String source, int loops, String interruptible, boolean preemptible) {
        int times = loops == 0 ? MOST_LOOPS : Math.min(loops, MOST_LOOPS);
        turn++;
        preempt(turn);
        add(new Piece("play", source, interruptible, preemptible, turn, SOUND.multipliedBy(times)));
        turn++;
    }

    private void add(Piece piece) {
        queue.addLast(piece);
        if (current == null) {
            start();
        }
    }

    private void start() {
        current = queue.pollFirst();
        if (current != null) {
            if (current.turn() != saidTurn) {
                report();
                saidTurn = current.turn();
            }
            startedAt = System.nanoTime();
        }
    }

    /** A new text stops one that may be preempted. */
    private void preempt(int by) {
        queue.removeIf(piece -> piece.preemptible() && piece.turn() != by);
        if (current != null && current.preemptible() && current.turn() != by) {
            cut();
            start();
        }
    }

    /** Goes on to what is spoken now. */
    public synchronized void advance() {
        while (current != null && left() <= 0) {
            long end = startedAt + real.apply(current.length()).toNanos();
            said.append(current.kind().equals(TEXT) ? current.text() : "");
            saidFor = saidFor.plus(current.length());
            if (!current.kind().equals(TEXT)) {
                heard.accept(current.kind(), current.text());
            }
            finished = !current.preemptible();
            start();
            if (current != null) {
                startedAt = end;
            }
        }
        flush();
    }

    private void flush() {
        if (current == null && (!open || saidTurn != turn)) {
            report();
        }
    }

    private void report() {
        String text = said.toString().strip();
        said.setLength(0);
        saidFor = Duration.ZERO;
        if (!text.isEmpty()) {
            heard.accept(TEXT, text);
        }
    }

    private void cut() {
        said.append(part());
        if (!current.kind().equals(TEXT)) {
            heard.accept(current.kind(), current.text());
        }
        current = null;
        report();
    }

    private long left() {
        return startedAt + real.apply(current.length()).toNanos() - System.nanoTime();
    }

    /** The real time until the next change; null in silence. */
    public synchronized Duration untilChange() {
        return current == null ? null : Duration.ofNanos(Math.max(0, left()));
    }

    public synchronized boolean isSpeaking() {
        return current != null;
    }

    /** True once after the assistant came to the end of a text, and waits for the caller. */
    public synchronized boolean takeFinished() {
        boolean isEnd = finished && current == null && !open;
        if (isEnd) {
            finished = false;
        }
        return isEnd;
    }

    /** What was heard of the present text, so far. */
    public synchronized String speaking() {
        return (said + part()).strip();
    }

    private double share() {
        double length = real.apply(current.length()).toNanos();
        return length <= 0 ? 1 : Math.clamp((System.nanoTime() - startedAt) / length, 0, 1);
    }

    /** The whole words of the present piece that are spoken. */
    private String part() {
        if (current == null || !current.kind().equals(TEXT)) {
            return "";
        }
        String text = current.text();
        int letters = (int) (share() * text.length());
        return letters >= text.length() ? text : text.substring(0, Math.max(0, text.lastIndexOf(' ', letters)));
    }

    /** Stops what this input may interrupt; null when it may interrupt nothing. */
    public synchronized Interruption interrupt(String input) {
        if (current == null || !current.isInterruptedBy(input)) {
            return null;
        }
        Duration time = saidFor.plusMillis((long) (share() * current.length().toMillis()));
        String text = speaking();
        deaf = open;
        if (open) {
            open = false;
            turn++;
        }
        queue.removeIf(piece -> piece.isInterruptedBy(input));
        cut();
        finished = false;
        start();
        return new Interruption(text, time.toMillis());
    }

    /** Ends all speech; what was heard of the present text is reported. */
    public synchronized void stop() {
        queue.clear();
        if (current != null) {
            cut();
        } else {
            report();
        }
    }
}
