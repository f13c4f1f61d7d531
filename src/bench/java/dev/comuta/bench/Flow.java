package dev.comuta.bench;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/** The conversations of one client in a round. */
final class Flow {

    /** More a second than any server finishes on such a machine: so many requests are prepared. */
    private static final double FASTEST = 1_500;

    private static final int AT_ONCE = 64;

    private final Buffer[] requests;
    private final int firstContact;
    private final int contacts;
    private final int atOnce;
    private final double perSecond;
    private final Histogram latencies = Measured.newHistogram();
    private int begun;
    private long refused;
    private long inTime;

    private Flow(Webhooks webhooks, int atOnce, double perSecond, Duration time) {
        Contacts contacts = webhooks.contacts();
        this.firstContact = contacts.first();
        this.contacts = contacts.count();
        this.atOnce = atOnce;
        this.perSecond = perSecond;
        this.requests = new Buffer[(int) ((atOnce > 0 ? FASTEST : perSecond) * time.toSeconds()) + 1];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = webhooks.request(contact(i));
        }
    }

    /** Closed loop: so many conversations at once, each answer begins the next. */
    static Flow atOnce(Webhooks webhooks, Duration time) {
        return new Flow(webhooks, AT_ONCE, 0, time);
    }

    /** Open loop: conversations are due at a steady rate, and latency counts from when each was due. */
    static Flow atRate(double perSecond, Webhooks webhooks, Duration time) {
        return new Flow(webhooks, 0, perSecond, time);
    }

    int atOnce() {
        return atOnce;
    }

    /** The conversation that is begun now. */
    Talk next(long dueAt) {
        if (begun == requests.length) {
            throw new BenchFailure("the server was faster than requests had been prepared for");
        }
        Talk talk = new Talk(this, contact(begun), requests[begun], dueAt);
        begun++;
        return talk;
    }

    /** When the next conversation is due, in nanoseconds from the start of the round; only of a steady rate. */
    long due() {
        return atOnce > 0 ? Long.MAX_VALUE : (long) (begun * 1e9 / perSecond);
    }

    void answered(long nanos, boolean beforeTheEnd) {
        latencies.recordValue(nanos / 1000);
        inTime += beforeTheEnd ? 1 : 0;
    }

    void refused() {
        refused++;
    }

    Measured measured(Duration time) {
        return new Measured(inTime / (double) time.toSeconds(), latencies.getTotalCount(), refused, latencies);
    }

    private int contact(int conversation) {
        return firstContact + conversation % contacts;
    }

    /** One conversation under way. */
    record Talk(Flow flow, int contact, Buffer request, long dueAt) {}
}
