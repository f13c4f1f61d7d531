package dev.comuta.message.pace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.channel.ChannelRef;
import dev.comuta.message.pace.SendingPace.PacedChannel;
import dev.comuta.message.pace.Throttled.Scope;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.sandbox.SandboxPostgres;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes send on the same channels, through a provider that enforces its limits. */
class SendingPaceTest {

    private static final long CLIENT = 1;
    private static final long CHANNEL = 1;
    private static final int RATE = 80;

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static List<SendingPace> processes;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        Map<String, String> properties = Map.of("comuta.pace.pair-interval", "2m", "comuta.pace.pair-burst", "3");
        processes = List.of(
                TestPace.of(TestTransactions.on(vertx, postgres).service(), vertx, properties),
                TestPace.of(TestTransactions.on(vertx, postgres).service(), vertx, properties));
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void nothingSent() {
        postgres.query("delete from ChannelPaces");
        postgres.query("delete from PairPaces");
    }

    /** A bucket that holds what its rate fills in a second. */
    private static final class Provider {

        private final double rate;
        private final Deque<Long> accepted = new ArrayDeque<>();
        private final AtomicInteger refused = new AtomicInteger();
        private double tokens;
        private long last = System.nanoTime();

        private Provider(double rate) {
            this.rate = rate;
            this.tokens = rate;
        }

        private synchronized void send() {
            long now = System.nanoTime();
            tokens = Math.min(rate, tokens + rate * (now - last) / 1e9);
            last = now;
            if (tokens < 1) {
                refused.incrementAndGet();
            } else {
                tokens--;
                accepted.add(now);
            }
        }

        private synchronized double perSecond() {
            return (accepted.size() - 1) * 1e9 / (accepted.getLast() - accepted.getFirst());
        }
    }

    /** Messages that ask again after the time that they are given, as postponed tasks do. */
    private record Blast(Provider provider, PacedChannel channel, ScheduledExecutorService timer, CountDownLatch open) {

        private void ask(int message) {
            processes
                    .get(message % processes.size())
                    .take(channel, message)
                    .subscribe()
                    .with(wait -> answered(message, wait), failure -> later(message, Duration.ofMillis(100)));
        }

        private void answered(int message, Duration wait) {
            if (wait.isZero()) {
                provider.send();
                open.countDown();
            } else {
                later(message, wait);
            }
        }

        private void later(int message, Duration wait) {
            var _ = timer.schedule(() -> ask(message), wait.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Test
    void twoProcessesUseTheRateOfAChannelAndNeverExceedIt() throws InterruptedException {
        int messages = 8 * RATE;
        Provider provider = new Provider(RATE);
        try (ScheduledExecutorService timer = Executors.newScheduledThreadPool(2)) {
            CountDownLatch open = new CountDownLatch(messages);
            Blast blast = new Blast(provider, channel(CHANNEL, true), timer, open);
            for (int i = 1; i <= messages; i++) {
                blast.ask(i);
            }
            assertTrue(open.await(2, TimeUnit.MINUTES));
        }

        assertEquals(0, provider.refused.get());
        assertTrue(provider.perSecond() >= 0.9 * RATE, provider.perSecond() + " per second");
    }

    @Test
    void aChannelAtItsLimitDelaysNoOtherChannel() {
        List<Uni<Duration>> takes = IntStream.rangeClosed(1, 4 * RATE)
                .mapToObj(i -> processes.getFirst().take(channel(CHANNEL, true), i))
                .toList();
        List<Duration> waits = Uni.join().all(takes).andFailFast().await().indefinitely();

        assertTrue(waits.stream().anyMatch(Duration::isPositive));
        assertEquals(Duration.ZERO, take(0, CHANNEL + 1, 1000));
    }

    @Test
    void aPersonGetsABurstAndThenOneMessageInAnInterval() {
        assertEquals(Duration.ZERO, take(0, CHANNEL, 7));
        assertEquals(Duration.ZERO, take(1, CHANNEL, 7));
        assertEquals(Duration.ZERO, take(0, CHANNEL, 7));
        Duration wait = take(1, CHANNEL, 7);

        assertTrue(wait.isPositive() && wait.compareTo(Duration.ofMinutes(2)) <= 0, wait.toString());
        assertEquals(Duration.ZERO, take(1, CHANNEL, 8));
        postgres.query("update PairPaces set PaidAt = PaidAt - interval '2 minutes' where EndUserID = 7");
        assertEquals(Duration.ZERO, take(1, CHANNEL, 7));
        assertTrue(take(0, CHANNEL, 7).isPositive());
    }

    @Test
    void aChannelWithoutLimitsOfPairsLimitsNoPerson() {
        for (int i = 0; i < 10; i++) {
            assertEquals(
                    Duration.ZERO,
                    processes
                            .getFirst()
                            .take(channel(CHANNEL, false), 7)
                            .await()
                            .indefinitely());
        }
    }

    @Test
    void aRefusalHalvesTheRateOnceForAllProcessesAndItRecovers() {
        take(0, CHANNEL, 1);
        Duration wait = slowDown(Scope.NUMBER, Duration.ofMinutes(2));
        slowDown(Scope.NUMBER, null);

        assertTrue(wait.compareTo(Duration.ofMinutes(2)) >= 0, wait.toString());
        assertTrue(take(1, CHANNEL, 2).compareTo(Duration.ofMinutes(1)) > 0);
        assertEquals(0.5, (double) postgres.value("select Share from ChannelPaces"), 0.1);
        assertEquals(1.0, (double)
                postgres.value("select comuta_pace_share(0.5::float, now() - interval '1 hour', 60::float)"));
        assertEquals(
                0.75,
                (double) postgres.value(
                        "select comuta_pace_share(0.5::float, clock_timestamp() - interval '15 s', 60::float)"),
                0.01);
    }

    @Test
    void aRefusalOfAPairMakesThePersonWaitAndNobodyElse() {
        Duration wait = slowDown(Scope.PAIR, null);

        assertEquals(Duration.ofMinutes(2), wait);
        assertTrue(take(1, CHANNEL, 7).isPositive());
        assertEquals(Duration.ZERO, take(1, CHANNEL, 8));
    }

    private static Duration slowDown(Scope scope, Duration retryAfter) {
        return processes
                .getFirst()
                .slowDown(channel(CHANNEL, true), 7, new Throttled(scope, "refused", retryAfter))
                .await()
                .indefinitely();
    }

    private static Duration take(int process, long channel, long endUser) {
        return processes
                .get(process)
                .take(channel(channel, true), endUser)
                .await()
                .indefinitely();
    }

    private static PacedChannel channel(long id, boolean pairs) {
        return new PacedChannel(new ChannelRef(CLIENT, id), RATE, pairs);
    }
}
