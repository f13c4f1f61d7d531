package dev.comuta.task;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;

/** What a finished task changes: rows only, written in the transaction that ends it. */
@FunctionalInterface
public interface Effects {

    /** Changes nothing. */
    Effects NONE = tx -> Uni.createFrom().voidItem();

    /** Writes the rows. A failure undoes the ending as well. */
    Uni<Void> write(Tx tx);
}
