package dev.comuta.platform.db;

import org.hibernate.reactive.mutiny.Mutiny;

/** An open transaction with a Hibernate session. {@link #sql} flushes the session first, so that it sees its changes. */
public interface EntityTx extends Tx {

    /** The session of this transaction; it ends with it. */
    Mutiny.Session session();
}
