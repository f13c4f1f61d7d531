package dev.comuta.platform;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready: PostgreSQL answers. Without it nothing can be accepted; without RabbitMQ everything can. */
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
                .ping()
                .ifNoItem()
                .after(LIMIT)
                .fail()
                .replaceWith(HealthCheckResponse.up(NAME))
                .onFailure()
                .recoverWithItem(HealthCheckResponse.down(NAME));
    }
}
