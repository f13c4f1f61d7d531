package dev.comuta.client;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;

/** Port: notified when a client's status changes, in the transaction that changes it. */
public interface ClientListener {

    /** An 'Inativo' client is 'Ativo' from now on. */
    Uni<Void> activated(Tx tx, long clientId);
}
