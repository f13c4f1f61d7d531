package dev.comuta.platform.idempotency;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.privacy.RetentionRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Removes responses of idempotency keys after 24 hours. */
@ApplicationScoped
class ExpiredIdempotencyKeys implements RetentionRule {

    private static final int BATCH = 50_000;
    private static final String REMOVE = """
            delete from IdempotencyKeys where ctid = any (array(
                select ctid from IdempotencyKeys where CreatedAt < now() - interval '24 hours' limit $1))""";

    @Override
    public Uni<Boolean> removeExpired(Tx tx) {
        return tx.execute(REMOVE, BATCH).map(removed -> removed == BATCH);
    }
}
