package dev.comuta.quota;

import io.smallrye.mutiny.Uni;
import java.util.Map;

/** Port: the limits of a client's plan. Individual limits of the client override them. */
public interface Entitlements {

    /**
     * The limits of a client's plan. Called for every request and inside transactions, so an implementation reads from
     * memory and opens no transaction. The limits may be some seconds old.
     *
     * @return a value for every {@link Limit}, zero or more; does not fail
     */
    Uni<Map<Limit, Long>> of(long clientId);
}
