package dev.comuta.platform.rest;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.security.ProcessConfig;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Limits a process without the role web to probes and metrics. */
class WebFilter {

    private final ProcessConfig roles;

    WebFilter(ProcessConfig roles) {
        this.roles = roles;
    }

    @ServerRequestFilter(preMatching = true)
    public void close(ContainerRequestContext request) {
        if (!roles.isWeb()) {
            throw Problem.of(ProblemType.NOT_FOUND, "this process does not serve requests");
        }
    }
}
