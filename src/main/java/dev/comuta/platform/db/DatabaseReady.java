package dev.comuta.platform.db;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Readiness: PostgreSQL answers, also to the transactions under way, and its roles have the privileges that they need and
 * no more. Without PostgreSQL the server accepts nothing; without RabbitMQ it accepts everything. A process that only
 * migrates is never ready: it may run for a moment before it ends.
 */
@Readiness
@ApplicationScoped
class DatabaseReady implements AsyncHealthCheck {

    private static final String NAME = "PostgreSQL";
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Transactions transactions;
    private final DatabaseLogins logins;
    private final DatabaseConfig config;

    DatabaseReady(Transactions transactions, DatabaseLogins logins, DatabaseConfig config) {
        this.transactions = transactions;
        this.logins = logins;
        this.config = config;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return logins.faults()
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .map(this::answer)
                .onFailure()
                .recoverWithItem(HealthCheckResponse.down(NAME));
    }

    private HealthCheckResponse answer(List<DatabaseLogins.Fault> faults) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(NAME).up();
        if (config.migrateOnly()) {
            response.down().withData("comuta.database.migrate-only", "the process ends after the migration");
        }
        if (transactions.isAnyStuck()) {
            response.down().withData("connections", "a transaction gets no answer");
        }
        faults.forEach(fault -> response.down().withData(fault.property(), fault.reason()));
        return response.build();
    }
}
