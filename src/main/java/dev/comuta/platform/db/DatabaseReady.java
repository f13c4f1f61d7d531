package dev.comuta.platform.db;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Readiness: PostgreSQL answers, also to the transactions under way, and row-level security applies to the server's role. Without PostgreSQL the server
 * accepts nothing; without RabbitMQ it accepts everything.
 */
@Readiness
@ApplicationScoped
class DatabaseReady implements AsyncHealthCheck {

    private static final String NAME = "PostgreSQL";
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Transactions transactions;

    DatabaseReady(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return transactions
                .areBoundByRowSecurity()
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .map(this::answer)
                .onFailure()
                .recoverWithItem(HealthCheckResponse.down(NAME));
    }

    private HealthCheckResponse answer(boolean bound) {
        if (transactions.isAnyStuck()) {
            return HealthCheckResponse.named(NAME)
                    .down()
                    .withData("connections", "a transaction gets no answer")
                    .build();
        }
        return bound
                ? HealthCheckResponse.up(NAME)
                : HealthCheckResponse.named(NAME)
                        .down()
                        .withData("comuta.database.username", "names a role that sees the rows of every tenant")
                        .build();
    }
}
