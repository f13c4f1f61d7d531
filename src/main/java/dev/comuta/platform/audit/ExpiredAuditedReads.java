package dev.comuta.platform.audit;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.privacy.RetentionConfig;
import dev.comuta.platform.privacy.RetentionRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Removes the entries of reads after their retention period. They are outside of the chain, which keeps all changes. */
@ApplicationScoped
class ExpiredAuditedReads implements RetentionRule {

    private static final int BATCH = 10_000;
    private static final String REMOVE = """
            delete from AuditEntries where AuditID = any (array(
                select AuditID from (
                    select AuditID, HappenedAt from AuditEntries
                    where Sequence is null order by AuditID limit $2) oldest
                where HappenedAt < now() - make_interval(days => $1)))""";

    private final RetentionConfig config;

    ExpiredAuditedReads(RetentionConfig config) {
        this.config = config;
    }

    @Override
    public Uni<Boolean> removeExpired(Tx tx) {
        return tx.execute(REMOVE, config.auditedReadDays(), BATCH).map(removed -> removed == BATCH);
    }
}
