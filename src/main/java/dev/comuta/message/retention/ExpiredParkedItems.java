package dev.comuta.message.retention;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.privacy.RetentionRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Removes parked items after 30 days: a number without a channel by then is unlikely to get one. The messages to a client
 * that is 'Inativo' are removed after seven days.
 */
@ApplicationScoped
class ExpiredParkedItems implements RetentionRule {

    private static final int AT_ONCE = 50_000;
    private static final String REMOVE = """
            delete from ParkedItems where ctid = any (array(
                select ctid from ParkedItems
                where ReceivedAt < now() - case Reason when 'Cliente inativo' then interval '7 days'
                                               else interval '30 days' end
                limit $1))""";

    @Override
    public Uni<Boolean> removeExpired(Tx tx) {
        return tx.execute(REMOVE, AT_ONCE).map(removed -> removed == AT_ONCE);
    }
}
