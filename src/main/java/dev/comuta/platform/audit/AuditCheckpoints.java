package dev.comuta.platform.audit;

import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.secret.Secrets;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Signs the ends of audit chains that have grown since their last checkpoint, after it has checked the entries since
 * then. Each checkpoint is also logged, so that a copy of it leaves the database. A chain with a fault is reported in the
 * log and gets no checkpoint.
 */
@ApplicationScoped
class AuditCheckpoints {

    private static final Logger LOG = Logger.getLogger(AuditCheckpoints.class);
    private static final int CHAINS = 20;
    private static final int ENTRIES = 100_000;

    private static final String DUE = """
            select c.ChainID as chain, v.* from (
                select c.ChainID from AuditChains c
                where c.ChainID > $1 and c.Head is distinct from (
                    select k.Head from AuditCheckpoints k where k.ChainID = c.ChainID order by k.Entries desc limit 1)
                order by c.ChainID limit $2) c
            cross join lateral comuta_audit_verify(c.ChainID, null, $3) v
            order by c.ChainID""";

    /** Adds none when another process has made the same checkpoint. */
    private static final String ADD = """
            insert into AuditCheckpoints (ChainID, Entries, Head, MadeAt, Signature)
            select * from unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::timestamptz[], $5::bytea[])
            on conflict (ChainID, Entries) do nothing
            returning ChainID, Entries, Head, MadeAt, Signature""";

    private final Transactions transactions;
    private final Secrets secrets;
    private final Clock clock;

    AuditCheckpoints(Transactions transactions, Secrets secrets, Clock clock) {
        this.transactions = transactions;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** A chain to sign. */
    private record Due(long chain, CheckedChain checked) {}

    @Scheduled(
            every = "${comuta.audit.checkpoint-interval:10m}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> make() {
        return makeAfter(Long.MIN_VALUE)
                .onFailure()
                .invoke(failure -> LOG.warnf("audit chains not signed, will retry: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> makeAfter(long chain) {
        return transactions
                .statementsAsPlatform(
                        PlatformReason.AUDIT, tx -> find(tx, chain).call(due -> sign(tx, due)))
                .chain(due -> due.size() < CHAINS
                        ? Uni.createFrom().voidItem()
                        : makeAfter(due.getLast().chain()));
    }

    private Uni<List<Due>> find(Tx tx, long after) {
        return tx.list(DUE, this::due, after, CHAINS, ENTRIES);
    }

    private Due due(Row row) {
        long chain = row.getLong("chain");
        return new Due(chain, CheckedChain.of(chain, row, secrets));
    }

    private Uni<Void> sign(Tx tx, List<Due> due) {
        due.stream().filter(one -> !one.checked().holds()).forEach(AuditCheckpoints::report);
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        List<Checkpoint> made = due.stream()
                .filter(one -> one.checked().holds())
                .map(one -> new Checkpoint(
                        one.chain(), one.checked().to(), one.checked().checkedHead(), now.toInstant()))
                .toList();
        return tx.list(
                        ADD,
                        AuditCheckpoints::line,
                        made.stream().map(Checkpoint::chain).toArray(Long[]::new),
                        made.stream().map(Checkpoint::entries).toArray(Long[]::new),
                        made.stream()
                                .map(one -> Buffer.buffer(HexFormat.of().parseHex(one.head())))
                                .toArray(Buffer[]::new),
                        made.stream().map(one -> now).toArray(OffsetDateTime[]::new),
                        made.stream()
                                .map(one -> Buffer.buffer(one.sign(secrets)))
                                .toArray(Buffer[]::new))
                .invoke(lines -> lines.forEach(LOG::info))
                .replaceWithVoid();
    }

    private static void report(Due due) {
        LOG.errorf(
                "audit chain %d is faulty: '%s' at entry %d",
                due.chain(), due.checked().fault(), due.checked().faultySequence());
    }

    private static String line(Row row) {
        return "audit checkpoint: chain %d, entries %d, head %s, made at %s, signature %s"
                .formatted(
                        row.getLong(0),
                        row.getLong(1),
                        hex(row.getBuffer(2)),
                        row.getOffsetDateTime(3).toInstant(),
                        hex(row.getBuffer(4)));
    }

    private static String hex(Buffer bytes) {
        return HexFormat.of().formatHex(bytes.getBytes());
    }
}
