package dev.comuta.platform.privacy;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;

/** Port: rows that are kept for a limited time. */
public interface RetentionRule {

    /**
     * Removes some of the rows whose time is over, few enough for one short transaction; called again and again.
     *
     * @return whether there may be more: then the next call comes at once
     */
    Uni<Boolean> removeExpired(Tx tx);
}
