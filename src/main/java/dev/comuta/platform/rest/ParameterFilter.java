package dev.comuta.platform.rest;

import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Rejects parameters of the query, headers and ids in the path that the operation does not describe so: ignoring them
 * would return too much, or do what was not asked.
 */
class ParameterFilter {

    private final RouteCatalogue routes;
    private final Map<Method, OperationParameters> byOperation = new ConcurrentHashMap<>();

    ParameterFilter(RouteCatalogue routes) {
        this.routes = routes;
    }

    @ServerRequestFilter(priority = Priorities.USER)
    void check(ResourceInfo operation, ContainerRequestContext request) {
        OperationParameters parameters =
                byOperation.computeIfAbsent(operation.getResourceMethod(), method -> parametersOf(request));
        Map<String, List<String>> query = request.getUriInfo().getQueryParameters();
        if (!query.isEmpty()) {
            parameters.requireQuery(query);
        }
        parameters.requireHeaders(request.getHeaders());
        parameters.requireIds(request.getUriInfo().getPathParameters());
    }

    private OperationParameters parametersOf(ContainerRequestContext request) {
        return routes.parameters(request.getUriInfo().getPath(), request.getMethod());
    }
}
