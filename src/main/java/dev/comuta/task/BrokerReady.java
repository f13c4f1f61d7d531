package dev.comuta.task;

import io.smallrye.health.api.HealthGroup;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** What a worker needs beside the database; {@code /q/health/group/worker} asks for it, the readiness of web does not. */
@HealthGroup("worker")
@ApplicationScoped
class BrokerReady implements HealthCheck {

    private final TaskTopology topology;

    BrokerReady(TaskTopology topology) {
        this.topology = topology;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("RabbitMQ").status(topology.isReady()).build();
    }
}
