package dev.comuta.platform.security;

import io.smallrye.mutiny.Uni;

/** Port: whether a client company is registered. */
public interface KnownClients {

    /** True for every registered client, also an inactive one. Fails only when the database is unavailable. */
    Uni<Boolean> exists(long clientId);
}
