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
 * When each key was used last. Noted in memory while a request is answered, and written for many keys at once, about once
 * a minute; a crash forgets at most that minute.
 */
@ApplicationScoped
class KeyUses {

    private static final Logger LOG = Logger.getLogger(KeyUses.class);

    private static final String WRITE = """
            update ApiKeys k set LastUsedAt = u.used
            from unnest($1::bigint[], $2::timestamptz[]) as u(id, used)
            where k.ApiKeyID = u.id and (k.LastUsedAt is null or k.LastUsedAt < u.used)""";

    private final Map<Long, Instant> noted = new ConcurrentHashMap<>();
    private final Transactions transactions;
    private final Clock clock;

    KeyUses(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    void note(long apiKeyId) {
        noted.put(apiKeyId, clock.instant());
    }

    @Scheduled(every = "${comuta.keys.use-interval:60s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> write() {
        Map<Long, Instant> uses = new HashMap<>(noted);
        if (uses.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Long[] ids = uses.keySet().toArray(Long[]::new);
        OffsetDateTime[] times = uses.values().stream()
                .map(time -> time.atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
        return transactions
                .statementsAsPlatform(PlatformReason.AUTHENTICATION, tx -> tx.sql(WRITE, ids, times))
                .invoke(() -> uses.forEach(noted::remove))
                .onFailure()
                .invoke(failure -> LOG.warnf("the uses of keys were not written: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }
}
