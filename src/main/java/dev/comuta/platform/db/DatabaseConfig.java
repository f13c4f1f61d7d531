package dev.comuta.platform.db;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Database roles and limits of transactions. */
@ConfigMapping(prefix = "comuta.database")
public interface DatabaseConfig {

    /** Most connections of this process to the database, by the kind of work. */
    Connections connections();

    /** Time limit of one statement of receiving, claiming, completing and looking up; the database then cancels it. */
    @WithDefault("2s")
    Duration statementLimit();

    /** Time limit of one statement of an API request. */
    @WithDefault("4s")
    Duration apiStatementLimit();

    /** Time limit of one statement of a job, such as retention or an erasure. */
    @WithDefault("59s")
    Duration jobStatementLimit();

    /**
     * Longest wait for a lock in a transaction that other tenants share: receiving, claiming, completing, status
     * reports. It must be much shorter than {@code comuta.webhooks.commit-time-limit}.
     */
    @WithDefault("150ms")
    Duration lockLimit();

    /** Time limit of the API's wait for a transaction. The caller then gets 503, and the transaction completes. */
    @WithDefault("5s")
    Duration timeLimit();

    /** Maximum number of transactions that are open or wait for a connection; more are rejected with 503. */
    @WithDefault("2000")
    int maxInFlight();

    /** URL of PostgreSQL, without user and password, for example {@code postgresql://host:5432/comuta?sslmode=require}. */
    @WithDefault("postgresql://127.0.0.1:5432/comuta")
    String url();

    /** Whether the connection to PostgreSQL on another machine may be without TLS, in a network that nobody else reads. */
    @WithDefault("false")
    boolean plain();

    /** The database role of work in one tenant. It must be a member of no role that sees the rows of other tenants. */
    @WithDefault("comuta_app")
    String username();

    /** Password of {@code username}. */
    @WithDefault("comuta_app")
    String password();

    /** The database role of work that crosses tenants. It takes the role of a reason, one for each transaction. */
    @WithDefault("comuta_cross")
    String crossUsername();

    /** Password of {@code cross-username}. */
    @WithDefault("comuta_cross")
    String crossPassword();

    /** The database role that migrates the schema. */
    @WithDefault("comuta_owner")
    String ownerUsername();

    /** Password of {@code owner-username}. */
    @WithDefault("comuta_owner")
    String ownerPassword();

    /** Whether the server migrates the schema when it starts. If not, it needs no password of the owner. */
    @WithDefault("true")
    boolean migrate();

    /** Whether the process ends after the migration, for a job that alone has the owner's password. */
    @WithDefault("false")
    boolean migrateOnly();

    /** Most connections by the kind of work. */
    interface Connections {

        /** Connections for work in the rows of tenants: completions, and what tasks read. */
        @WithDefault("5")
        int tenant();

        /** Connections for work over all tenants: received messages, claims, sweeps, look-ups, streams. */
        @WithDefault("8")
        int crossTenant();

        /** Connections for requests of the API. */
        @WithDefault("5")
        int api();

        /** Connections for work in the rows of tenants that takes long: erasures. */
        @WithDefault("2")
        int jobs();

        /** Connections for jobs over all tenants. */
        @WithDefault("3")
        int platform();

        /** Connections for requests of the platform's administrators. */
        @WithDefault("2")
        int platformApi();
    }
}
