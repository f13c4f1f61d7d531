package dev.comuta.task;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;

/** The rows that a finished task writes, in the transaction that completes it. */
@FunctionalInterface
public interface Effects {

    /** Changes nothing. */
    Effects NONE = tx -> Uni.createFrom().voidItem();

    /** Writes the rows. A failure rolls the completion back. */
    Uni<Void> write(Tx tx);
}
