package dev.comuta.platform.db;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits at the transaction door. */
@ConfigMapping(prefix = "comuta.database")
public interface DatabaseConfig {

    /** How long a caller of the API waits for a transaction; then it is told 503, and the transaction runs to its end. */
    @WithDefault("5s")
    Duration timeLimit();

    /** How many transactions may be open or waiting for a connection; more are refused at once with 503. */
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
