package dev.comuta.platform.rest;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Responds to OPTIONS with the methods of the path, the same as those of a 405. */
class OptionsFilter {

    private final RouteCatalogue routes;

    OptionsFilter(RouteCatalogue routes) {
        this.routes = routes;
    }

    @ServerRequestFilter(preMatching = true)
    Optional<Response> answer(ContainerRequestContext request) {
        Set<String> methods = HttpMethod.OPTIONS.equals(request.getMethod())
                ? routes.methods(request.getUriInfo().getPath())
                : Set.of();
        return methods.isEmpty()
                ? Optional.empty()
                : Optional.of(Response.noContent().allow(methods).build());
    }
}
