package dev.comuta.platform.object;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Shows the free space for files. A process without space is ready nevertheless: messages are received and sent, only
 * uploads get 503 and fetches wait.
 */
@Readiness
@ApplicationScoped
class ObjectsReady implements HealthCheck {

    private static final long MEGABYTE = 1L << 20;

    private final IncomingFolder folder;

    ObjectsReady(IncomingFolder folder) {
        this.folder = folder;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("objects")
                .up()
                .withData("full", folder.isFull())
                .withData("freeMegabytes", folder.free() / MEGABYTE)
                .build();
    }
}
