package dev.comuta.access;

import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The last-use time of each key. A request only updates memory. One statement per {@code comuta.keys.use-interval}
 * writes all new times. A crash loses the times since the last write.
 */
@ApplicationScoped
class KeyUses {

    private static final Logger LOG = Logger.getLogger(KeyUses.class);

    private static final String WRITE = """
            update ApiKeys k set LastUsedAt = u.used
            from unnest($1::bigint[], $2::timestamptz[]) as u(id, used)
            where k.ApiKeyID = u.id and (k.LastUsedAt is null or k.LastUsedAt < u.used)""";

    private final Map<Long, Instant> unwritten = new ConcurrentHashMap<>();
    private final Transactions transactions;
    private final Clock clock;

    KeyUses(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    void recordUse(long apiKeyId) {
        unwritten.put(apiKeyId, clock.instant());
    }

    @Scheduled(every = "${comuta.keys.use-interval:60s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> write() {
        Map<Long, Instant> uses = new HashMap<>(unwritten);
        if (uses.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Long[] ids = uses.keySet().toArray(Long[]::new);
        OffsetDateTime[] times = uses.values().stream()
                .map(time -> time.atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
        return transactions
                .statementsAsPlatform(PlatformReason.AUTHENTICATION, tx -> tx.sql(WRITE, ids, times))
                .invoke(() -> uses.forEach(unwritten::remove))
                .onFailure()
                .invoke(failure -> LOG.warnf("last-use times not written, will retry: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }
}
