package dev.comuta.platform;

import io.smallrye.mutiny.Uni;
import java.util.OptionalLong;

/** Port: which client company a presented API key belongs to. */
public interface KeyLookup {

    /**
     * Finds the owner of a key.
     *
     * @param presentedKey the key as the caller sent it, any text
     * @return the client's id, or empty when no such key is in force; fails only when the database is away
     */
    Uni<OptionalLong> clientOf(String presentedKey);
}
