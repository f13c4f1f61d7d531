package dev.comuta.session;

import dev.comuta.people.MergeListener;
import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Moves the sessions of a merged end user. Of two open conversations on one channel, the older one is closed. */
@ApplicationScoped
class SessionsOfMerged implements MergeListener {

    private static final String MOVE = "select comuta_move_sessions($1, $2, $3)";

    @Override
    public Uni<Void> merged(Tx tx, long clientId, long mergedId, long keptId) {
        return tx.sql(MOVE, clientId, mergedId, keptId).replaceWithVoid();
    }
}
