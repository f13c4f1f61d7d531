package dev.comuta.message.retention;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.privacy.RetentionRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Removes what was counted of sent messages, once it limits no message any more. */
@ApplicationScoped
class ExpiredPaces implements RetentionRule {

    private static final int AT_ONCE = 10_000;

    private static final String REMOVE_PAIRS = """
            delete from PairPaces where ctid = any (array(
                select ctid from PairPaces where PaidAt < now() limit $1))""";

    private static final String REMOVE_CHANNELS = """
            delete from ChannelPaces where ctid = any (array(
                select ctid from ChannelPaces
                where greatest(FreeAt, ReturnAt, SlowedAt) < now() - interval '1 day' limit $1))""";

    @Override
    public Uni<Boolean> removeExpired(Tx tx) {
        return tx.execute(REMOVE_CHANNELS, AT_ONCE)
                .chain(() -> tx.execute(REMOVE_PAIRS, AT_ONCE))
                .map(removed -> removed == AT_ONCE);
    }
}
