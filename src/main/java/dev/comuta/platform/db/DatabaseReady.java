package dev.comuta.platform.db;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready: PostgreSQL answers, and to a role that row-level security holds for. Without it nothing can be accepted; without
 * RabbitMQ everything can.
 */
@Readiness
@ApplicationScoped
class DatabaseReady implements AsyncHealthCheck {

    private static final String NAME = "PostgreSQL";
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Transactions transactions;

    DatabaseReady(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return transactions
                .areBoundByRowSecurity()
                .ifNoItem()
                .after(LIMIT)
                .fail()
                .map(DatabaseReady::answer)
                .onFailure()
                .recoverWithItem(HealthCheckResponse.down(NAME));
    }

    private static HealthCheckResponse answer(boolean bound) {
        return bound
                ? HealthCheckResponse.up(NAME)
                : HealthCheckResponse.named(NAME)
                        .down()
                        .withData("comuta.database.username", "names a role that sees the rows of every tenant")
                        .build();
    }
}
