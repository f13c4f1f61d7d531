package dev.comuta.task.broker;

import dev.comuta.platform.security.ProcessConfig;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready: RabbitMQ is connected, for a process that only works. One that answers HTTP is ready without it, because what it
 * accepts waits in the table.
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
