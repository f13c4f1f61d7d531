package dev.comuta.platform.privacy;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;

/** Port: removes rows whose retention period is over. */
public interface RetentionRule {

    /**
     * Removes a batch of expired rows, small enough for one short transaction. Called repeatedly.
     *
     * @return whether there may be more expired rows; the next call then follows after one second
     */
    Uni<Boolean> removeExpired(Tx tx);
}
