package dev.comuta.platform.db;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Roles of the database and limits of transactions. */
@ConfigMapping(prefix = "comuta.database")
public interface DatabaseConfig {

    /**
     * Longest time that a caller of the API waits for a transaction; it then gets 503, and the transaction completes.
     */
    @WithDefault("5s")
    Duration timeLimit();

    /** Most transactions that are open or wait for a connection; more are rejected immediately with 503. */
    @WithDefault("2000")
    int maxInFlight();

    /** The role that the server works as. */
    @WithDefault("comuta_app")
    String username();

    /** Its password. */
    @WithDefault("comuta_app")
    String password();

    /** The role that migrates the schema. */
    @WithDefault("comuta_owner")
    String ownerUsername();

    /** Its password. */
    @WithDefault("comuta_owner")
    String ownerPassword();

    /** Whether the server migrates the schema when it starts. */
    @WithDefault("true")
    boolean migrate();
}
