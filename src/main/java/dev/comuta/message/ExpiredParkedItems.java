package dev.comuta.message;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.privacy.RetentionRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Removes parked items after 30 days. A number without a channel by then is unlikely to get one. */
@ApplicationScoped
class ExpiredParkedItems implements RetentionRule {

    private static final int AT_ONCE = 50_000;
    private static final String REMOVE = """
            delete from ParkedItems where ctid = any (array(
                select ctid from ParkedItems where ReceivedAt < now() - interval '30 days' limit $1))""";

    @Override
    public Uni<Boolean> removeExpired(Tx tx) {
        return tx.execute(REMOVE, AT_ONCE).map(removed -> removed == AT_ONCE);
    }
}
