package dev.comuta.task;

import dev.comuta.platform.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Answers under an Idempotency-Key are kept for 24 hours. Here, because {@code platform}, whose they are, knows no task. */
@ApplicationScoped
class OldIdempotencyKeys implements Perishable {

    private static final String REMOVE = """
            delete from IdempotencyKeys where ctid = any (array(
                select ctid from IdempotencyKeys where CreatedAt < now() - interval '24 hours' limit 50000))""";

    @Override
    public Uni<Void> removeExpired(Tx tx) {
        return tx.sql(REMOVE).replaceWithVoid();
    }
}
