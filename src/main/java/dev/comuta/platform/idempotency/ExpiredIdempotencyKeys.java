package dev.comuta.platform.idempotency;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.privacy.RetentionRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Answers under an Idempotency-Key are kept for 24 hours. Here, because {@code platform}, whose they are, knows no task. */
@ApplicationScoped
class ExpiredIdempotencyKeys implements RetentionRule {

    private static final int AT_ONCE = 50_000;
    private static final String REMOVE = """
            delete from IdempotencyKeys where ctid = any (array(
                select ctid from IdempotencyKeys where CreatedAt < now() - interval '24 hours' limit $1))""";

    @Override
    public Uni<Boolean> removeExpired(Tx tx) {
        return tx.sql(REMOVE, AT_ONCE).map(removed -> removed.rowCount() == AT_ONCE);
    }
}
