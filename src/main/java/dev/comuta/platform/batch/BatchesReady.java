package dev.comuta.platform.batch;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Readiness: no batch of this process runs for very long, for example behind a lock, although PostgreSQL answers. */
@Readiness
@ApplicationScoped
class BatchesReady implements HealthCheck {

    private static final Duration STUCK = Duration.ofSeconds(5);

    private final List<Progress> work;

    BatchesReady(@All List<Progress> work) {
        this.work = work;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("Batches").up();
        for (Progress one : work) {
            Duration oldest = one.batches().max(Comparator.naturalOrder()).orElse(Duration.ZERO);
            if (oldest.compareTo(STUCK) > 0) {
                response.down().withData(one.workName(), oldest.toMillis() + " ms");
            }
        }
        return response.build();
    }
}
