package dev.comuta.message.pace;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.comuta.channel.ChannelRef;
import dev.comuta.channel.OutboundChannel;
import dev.comuta.platform.batch.GroupCommit;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Keeps the messages of a channel, and of a channel to one person, within the limits of the provider, over all
 * processes. The state is in the database; the sends of a channel that wait in one process share a statement.
 */
@ApplicationScoped
public class SendingPace {

    private static final String TAKE = "select comuta_pace($1, $2, $3, $4, $5, $6, $7)";
    private static final String SLOW = "select comuta_slow_down($1, $2, $3, $4, $5, $6, $7, $8)";

    private static final int GROUP = 100;
    private static final int MAX_WAITING = 2_000;
    private static final double MILLIS = 1000;
    private static final Duration LEAST_WAIT = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofMinutes(5);

    private final Cache<PacedChannel, GroupCommit<Long, Duration>> lines =
            Caffeine.newBuilder().expireAfterAccess(IDLE).build();
    private final Transactions transactions;
    private final PaceConfig config;
    private final Vertx vertx;

    SendingPace(Transactions transactions, PaceConfig config, Vertx vertx) {
        this.transactions = transactions;
        this.config = config;
        this.vertx = vertx;
    }

    /**
     * A channel with its limits.
     *
     * @param perSecond messages per second
     * @param pairs whether messages to one person are limited, too
     */
    public record PacedChannel(ChannelRef ref, int perSecond, boolean pairs) {}

    /**
     * The limits of a channel.
     *
     * @param byProvider whether its provider limits messages as WhatsApp does
     * @return null when nothing limits its messages
     */
    public PacedChannel limitsOf(OutboundChannel channel, boolean byProvider) {
        Integer perSecond = channel.pace().messagesPerSecond();
        Boolean pairs = channel.pace().limitsPairs();
        boolean limited = byProvider || perSecond != null || Boolean.TRUE.equals(pairs);
        return limited
                ? new PacedChannel(
                        channel.ref(),
                        perSecond == null ? config.messagesPerSecond() : perSecond,
                        pairs == null ? byProvider : pairs)
                : null;
    }

    /**
     * Counts a message that is about to be sent.
     *
     * @return zero when it may be sent now; else it was not counted, and the time after which to ask for it the next
     *     time
     */
    public Uni<Duration> take(PacedChannel channel, long endUserId) {
        return Uni.createFrom()
                .deferred(() -> lines.get(channel, this::line).submit(endUserId).emitOn(callersContext()));
    }

    private GroupCommit<Long, Duration> line(PacedChannel channel) {
        return new GroupCommit<>(
                vertx.getOrCreateContext(),
                endUsers ->
                        transactions.statementsInTenant(channel.ref().clientId(), tx -> take(tx, channel, endUsers)),
                GroupCommit.Limits.of(GROUP, MAX_WAITING));
    }

    private Uni<List<Duration>> take(Tx tx, PacedChannel channel, List<Long> endUsers) {
        return tx.list(
                TAKE,
                row -> millis(row.getDouble(0)),
                channel.ref().channelId(),
                channel.ref().clientId(),
                endUsers.toArray(Long[]::new),
                channel.perSecond(),
                seconds(config.recovery()),
                channel.pairs() ? seconds(config.pairInterval()) : null,
                config.pairBurst());
    }

    /**
     * The provider refused a message of the channel, because too many were sent. Halves the rate of the number, or makes
     * the pair wait.
     *
     * @return the time after which to try the message again
     */
    public Uni<Duration> slowDown(PacedChannel channel, long endUserId, Throttled refusal) {
        boolean pair = refusal.scope() == Throttled.Scope.PAIR;
        return transactions.statementsInTenant(
                channel.ref().clientId(),
                tx -> tx.find(
                        SLOW,
                        row -> millis(row.getDouble(0)),
                        channel.ref().channelId(),
                        channel.ref().clientId(),
                        pair ? endUserId : null,
                        channel.perSecond(),
                        seconds(config.recovery()),
                        seconds(pair ? config.pairInterval() : LEAST_WAIT),
                        config.pairBurst(),
                        refusal.retryAfter().map(SendingPace::seconds).orElse(null)));
    }

    /** The caller continues on its own context, whose trace is the caller's. */
    private static Executor callersContext() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : work -> context.runOnContext(v -> work.run());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / MILLIS;
    }

    private static Duration millis(double seconds) {
        return Duration.ofMillis((long) Math.ceil(seconds * MILLIS));
    }
}
