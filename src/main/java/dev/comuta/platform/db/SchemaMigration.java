package dev.comuta.platform.db;

import io.quarkus.flyway.FlywayDataSource;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.output.ValidateOutput;
import org.flywaydb.core.api.output.ValidateResult;
import org.jboss.logging.Logger;

/**
 * Migrates the schema at the start. An older process does not migrate a newer schema, because it would replace the
 * functions of the newer release by its own. A database that other migration files created stops the start, with one
 * line.
 */
@ApplicationScoped
class SchemaMigration {

    private static final Logger LOG = Logger.getLogger(SchemaMigration.class);
    private static final int AFTER_CHECKS_OF_CONFIGURATION = 2;
    /** A number that no other advisory lock of this database uses. */
    static final long LOCK = 7_264_188_530_412_667L;

    private final Flyway flyway;
    private final DatabaseConfig config;

    SchemaMigration(@FlywayDataSource("owner") Flyway flyway, DatabaseConfig config) {
        // a repeatable script may be renamed or dropped
        this.flyway = Flyway.configure()
                .configuration(flyway.getConfiguration())
                .ignoreMigrationPatterns("*:future", "*:pending", "repeatable:missing")
                .load();
        this.config = config;
    }

    void start(@Observes @Priority(AFTER_CHECKS_OF_CONFIGURATION) StartupEvent start) {
        if (config.migrate()) {
            migrate();
        }
        if (config.migrateOnly()) {
            LOG.info("The schema is up to date; this process only migrates and ends");
            Quarkus.asyncExit();
        }
    }

    /** Returns when the schema is of this version or a newer one. */
    void migrate() {
        // connects with the retries of Flyway, so that the database may start later than the server
        flyway.info();
        try (Connection connection = flyway.getConfiguration().getDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            // without the lock, a newer process could migrate after the history is read and before the migration
            statement.execute("select pg_advisory_lock(" + LOCK + ")");
            try {
                migrateAlone();
            } finally {
                statement.execute("select pg_advisory_unlock(" + LOCK + ")");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot lock the schema", e);
        }
    }

    private void migrateAlone() {
        ValidateResult history = flyway.validateWithResult();
        if (!history.validationSuccessful) {
            throw new ConfigurationException(refusal(history));
        }
        if (isNewer()) {
            LOG.info("The schema is newer than this version and stays as it is");
        } else {
            flyway.migrate();
        }
    }

    private boolean isNewer() {
        return Arrays.stream(flyway.info().all())
                .map(MigrationInfo::getState)
                .anyMatch(state -> state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED);
    }

    private static String refusal(ValidateResult history) {
        return history.invalidMigrations.stream()
                .map(SchemaMigration::name)
                .collect(Collectors.joining(
                        ", ",
                        "This database was migrated by another version of the schema (different or missing: ",
                        "): create a new database, or start the version that migrated this one"));
    }

    private static String name(ValidateOutput migration) {
        return migration.version == null || migration.version.isEmpty()
                ? migration.description
                : "V" + migration.version;
    }
}
