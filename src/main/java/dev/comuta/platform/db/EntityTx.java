package dev.comuta.platform.db;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;

/** An open transaction with a Hibernate session. {@link #sql} flushes the session first, so that it sees its changes. */
public interface EntityTx extends Tx {

    /** The session of this transaction; it ends with it. */
    Mutiny.Session session();

    /**
     * Inserts a row.
     *
     * @param entity makes the row; called in each attempt of the transaction, because an entity belongs to one session
     */
    default <E> Uni<E> persist(Supplier<E> entity) {
        return Uni.createFrom().deferred(() -> {
            E row = entity.get();
            return session().persist(row).replaceWith(row);
        });
    }
}
