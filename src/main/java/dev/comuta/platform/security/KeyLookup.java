package dev.comuta.platform.security;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Port: who calls with a presented API key. */
public interface KeyLookup {

    /**
     * Finds the caller behind a key.
     *
     * @param presentedKey the key as the caller sent it, any text
     * @return empty when no such key is in force; fails only when the database is away
     */
    Uni<Optional<Caller>> callerOf(String presentedKey);
}
