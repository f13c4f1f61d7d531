package dev.comuta.message.retention;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.privacy.RetentionRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Removes the ids of deliveries after 7 days. No known provider retries a delivery for longer. */
@ApplicationScoped
class ExpiredDeliveries implements RetentionRule {

    private static final int AT_ONCE = 50_000;
    private static final String REMOVE = """
            delete from InboundDeliveries where ctid = any (array(
                select ctid from InboundDeliveries where ReceivedAt < now() - interval '7 days' limit $1))""";

    @Override
    public Uni<Boolean> removeExpired(Tx tx) {
        return tx.execute(REMOVE, AT_ONCE).map(removed -> removed == AT_ONCE);
    }
}
