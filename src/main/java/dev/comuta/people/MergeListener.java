package dev.comuta.people;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;

/** Port: moves the rows of a room to the end user who remains, in the transaction that merges two end users. */
public interface MergeListener {

    /** Both end users are locked by this transaction. */
    Uni<Void> merged(Tx tx, long clientId, long mergedId, long keptId);
}
