package dev.comuta.platform.db;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Function;

/** Port: adds a last statement to transactions. */
public interface TransactionListener {

    /**
     * Called when a transaction is requested, in the context of its caller.
     *
     * @return the statement to run after the work and before the commit, with its result ignored; empty for none
     */
    Optional<Function<Tx, Uni<Void>>> beforeCommit();
}
