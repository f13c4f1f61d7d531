package dev.comuta.platform.db;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Database roles and limits of transactions. */
@ConfigMapping(prefix = "comuta.database")
public interface DatabaseConfig {

    /** Time limit of the API's wait for a transaction. The caller then gets 503, and the transaction completes. */
    @WithDefault("5s")
    Duration timeLimit();

    /** Maximum number of transactions that are open or wait for a connection; more are rejected with 503. */
    @WithDefault("2000")
    int maxInFlight();

    /** The database role that the server uses. */
    @WithDefault("comuta_app")
    String username();

    /** Password of {@code username}. */
    @WithDefault("comuta_app")
    String password();

    /** The database role that migrates the schema. */
    @WithDefault("comuta_owner")
    String ownerUsername();

    /** Password of {@code owner-username}. */
    @WithDefault("comuta_owner")
    String ownerPassword();

    /** Whether the server migrates the schema when it starts. */
    @WithDefault("true")
    boolean migrate();
}
