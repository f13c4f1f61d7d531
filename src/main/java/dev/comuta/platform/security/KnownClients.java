package dev.comuta.platform.security;

import io.smallrye.mutiny.Uni;

/** Port: whether a client company is registered. */
public interface KnownClients {

    /** True for every client ever registered, inactive ones too; fails only when the database is away. */
    Uni<Boolean> exists(long clientId);
}
