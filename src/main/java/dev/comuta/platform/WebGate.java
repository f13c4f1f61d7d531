package dev.comuta.platform;

import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** A process that is no web process answers probes and metrics and nothing else. */
class WebGate {

    private final ProcessRoles roles;

    WebGate(ProcessRoles roles) {
        this.roles = roles;
    }

    @ServerRequestFilter(preMatching = true)
    public void close(ContainerRequestContext request) {
        if (!roles.isWeb()) {
            throw Problem.of(ProblemType.NOT_FOUND, "This process serves no requests");
        }
    }
}
