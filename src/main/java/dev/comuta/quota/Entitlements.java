package dev.comuta.quota;

import io.smallrye.mutiny.Uni;
import java.util.Map;

/** Port: what a client's plan allows. What the platform agreed with one client beside its plan goes before it. */
public interface Entitlements {

    /**
     * The limits of a client's plan. Asked at every request and inside transactions, so it answers from memory and opens
     * no transaction of its own; an answer may be some seconds old.
     *
     * @return a value for every {@link Limit}, zero or more; does not fail
     */
    Uni<Map<Limit, Long>> of(long clientId);
}
