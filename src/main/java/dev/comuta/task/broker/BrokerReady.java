package dev.comuta.task.broker;

import dev.comuta.platform.security.ProcessConfig;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Readiness of a process that only runs tasks: RabbitMQ is connected. A process that answers HTTP is ready without
 * RabbitMQ, because the tasks that it accepts wait in the table.
 */
@Readiness
@ApplicationScoped
class BrokerReady implements HealthCheck {

    private final TaskTopology topology;
    private final ProcessConfig roles;

    BrokerReady(TaskTopology topology, ProcessConfig roles) {
        this.topology = topology;
        this.roles = roles;
    }

    @Override
    public HealthCheckResponse call() {
        boolean connected = topology.isReady();
        return HealthCheckResponse.named("RabbitMQ")
                .status(connected || roles.isWeb())
                .withData("connected", connected)
                .build();
    }
}
