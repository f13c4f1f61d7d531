package dev.comuta.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.HdrHistogram.Histogram;

/** One round of load; runs on one event loop. */
final class LoadRound implements Line.Listener {

    private final Promise<Measured> done = Promise.promise();
    private final Histogram latencies = Measured.newHistogram();
    private final Histogram refusals = Measured.newHistogram();
    private final Deque<Line> idle = new ArrayDeque<>();
    private final Vertx vertx;
    private final Buffer[] requests;
    private final Duration time;
    private final long gapNanos;
    private long startedAt;
    private long timer;
    private int open;
    private int sent;

    /**
     * Prepares a round.
     *
     * @param gapNanos time between two requests; 0 for as many as are answered
     */
    LoadRound(Vertx vertx, Buffer[] requests, Duration time, long gapNanos) {
        this.vertx = vertx;
        this.requests = requests;
        this.time = time;
        this.gapNanos = gapNanos;
    }

    Future<Measured> run(List<Line> lines) {
        startedAt = System.nanoTime();
        open = lines.size();
        timer = vertx.setPeriodic(1, tick -> wake());
        lines.forEach(this::next);
        return done.future();
    }

    @Override
    public void fail(Throwable cause) {
        done.tryFail(cause);
    }

    @Override
    public void answered(Line line, int status) {
        Histogram times = status == 200 ? latencies : refusals;
        times.recordValue((System.nanoTime() - line.startedAt()) / 1000);
        next(line);
    }

    /** Sends the next request if it is due, keeps the line if it is not yet, closes it if there is none. */
    private void next(Line line) {
        long now = System.nanoTime();
        long due = due(now);
        if (due - startedAt >= time.toNanos()) {
            line.close();
            finish();
        } else if (due > now) {
            idle.push(line);
        } else if (sent == requests.length) {
            fail(new BenchFailure("the server was faster than requests had been prepared for"));
        } else {
            line.send(requests[sent++], due);
        }
    }

    private long due(long now) {
        return gapNanos == 0 ? now : startedAt + sent * gapNanos;
    }

    private void wake() {
        long now = System.nanoTime();
        while (!idle.isEmpty() && due(now) <= now) {
            next(idle.pop());
        }
    }

    private void finish() {
        open--;
        if (open == 0) {
            vertx.cancelTimer(timer);
            double seconds = (System.nanoTime() - startedAt) / 1e9;
            long accepted = latencies.getTotalCount();
            done.tryComplete(new Measured(accepted / seconds, accepted, refusals.getTotalCount(), latencies, refusals));
        }
    }
}
