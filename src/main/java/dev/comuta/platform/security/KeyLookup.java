package dev.comuta.platform.security;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Port: finds the caller of an API key. */
public interface KeyLookup {

    /**
     * Finds the caller of a key.
     *
     * @param presentedKey the key as the caller sent it, any text
     * @return empty when there is no such active key; fails only when the database is unavailable
     */
    Uni<Optional<Caller>> callerOf(String presentedKey);
}
