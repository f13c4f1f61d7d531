package dev.comuta.platform.rest;

import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Rejects unknown query parameters and values outside closed sets: ignoring them would return too much. */
class QueryFilter {

    private final RouteCatalogue routes;
    private final Map<Method, QueryParameters> byOperation = new ConcurrentHashMap<>();

    QueryFilter(RouteCatalogue routes) {
        this.routes = routes;
    }

    @ServerRequestFilter(priority = Priorities.USER)
    void check(ResourceInfo operation, ContainerRequestContext request) {
        Map<String, List<String>> query = request.getUriInfo().getQueryParameters();
        if (!query.isEmpty()) {
            byOperation
                    .computeIfAbsent(operation.getResourceMethod(), method -> parametersOf(request))
                    .require(query);
        }
    }

    private QueryParameters parametersOf(ContainerRequestContext request) {
        return routes.queryParameters(request.getUriInfo().getPath(), request.getMethod());
    }
}
