package dev.comuta.bench;

import dev.comuta.bench.Flow.Talk;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One round of conversations, from the webhook to the answer at the sink; runs on one event loop. */
final class ConversationRound implements Line.Listener {

    private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

    private final Promise<Void> done = Promise.promise();
    private final Deque<Line> idle = new ArrayDeque<>();
    private final Deque<Talk> waiting = new ArrayDeque<>();
    private final Map<Integer, Talk> open = new HashMap<>();
    private final Map<Line, Talk> onLine = new HashMap<>();

    /** Who was told 503; the message may have been stored all the same, and is then answered. */
    private final Set<Integer> refused = new HashSet<>();

    private final Vertx vertx;
    private final List<Flow> flows;
    private final long length;
    private List<Line> lines;
    private long startedAt;
    private long timer;

    ConversationRound(Vertx vertx, List<Flow> flows, Duration time) {
        this.vertx = vertx;
        this.flows = flows;
        this.length = time.toNanos();
    }

    /** Ends when everybody who asked in time was answered. */
    Future<Void> run(List<Line> connected) {
        lines = connected;
        idle.addAll(connected);
        startedAt = System.nanoTime();
        timer = vertx.setPeriodic(1, tick -> tick());
        for (Flow flow : flows) {
            for (int i = 0; i < flow.atOnce(); i++) {
                begin(flow, startedAt);
            }
        }
        return done.future();
    }

    /** An answer has come to a contact. */
    void told(int contact) {
        Talk talk = open.remove(contact);
        if (talk == null && refused.remove(contact)) {
            return;
        }
        if (talk == null) {
            fail(new BenchFailure("contact " + contact + " was answered twice"));
            return;
        }
        long now = System.nanoTime();
        talk.flow().answered(now - talk.dueAt(), !over(now));
        goOn(talk.flow(), now);
    }

    @Override
    public void answered(Line line, int status) {
        Talk talk = onLine.remove(line);
        if (status != 200) {
            open.remove(talk.contact());
            refused.add(talk.contact());
            talk.flow().refused();
            goOn(talk.flow(), System.nanoTime());
        }
        idle.push(line);
        send();
    }

    @Override
    public void fail(Throwable cause) {
        vertx.cancelTimer(timer);
        done.tryFail(cause);
    }

    private void tick() {
        long now = System.nanoTime();
        for (Flow flow : flows) {
            while (flow.due() <= Math.min(now - startedAt, length)) {
                begin(flow, startedAt + flow.due());
            }
        }
        if (over(now) && open.isEmpty()) {
            finish();
        } else if (now - startedAt > length + PATIENCE_NANOS) {
            fail(new BenchFailure(open.size() + " conversations were not answered"));
        }
    }

    private void goOn(Flow flow, long now) {
        if (flow.atOnce() > 0 && !over(now)) {
            begin(flow, now);
        }
    }

    private void begin(Flow flow, long dueAt) {
        Talk talk = flow.next(dueAt);
        if (open.put(talk.contact(), talk) != null) {
            fail(new BenchFailure("there are too few contacts for so many conversations"));
        }
        waiting.add(talk);
        send();
    }

    private void send() {
        while (!waiting.isEmpty() && !idle.isEmpty()) {
            Talk talk = waiting.remove();
            Line line = idle.pop();
            onLine.put(line, talk);
            line.send(talk.request(), talk.dueAt());
        }
    }

    private boolean over(long now) {
        return now - startedAt >= length;
    }

    private void finish() {
        vertx.cancelTimer(timer);
        lines.forEach(Line::close);
        done.tryComplete();
    }
}
