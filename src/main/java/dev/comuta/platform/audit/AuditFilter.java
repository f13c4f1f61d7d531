package dev.comuta.platform.audit;

import dev.comuta.platform.security.Caller;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Marks every request that may change data, and every audited read, for the audit. */
class AuditFilter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final int AFTER_TENANT_FILTER = Priorities.USER + 100;

    private final SecurityIdentity identity;
    private final CurrentVertxRequest http;

    AuditFilter(SecurityIdentity identity, CurrentVertxRequest http) {
        this.identity = identity;
        this.http = http;
    }

    @ServerRequestFilter(priority = AFTER_TENANT_FILTER)
    void mark(ContainerRequestContext request, ResourceInfo resource) {
        Method operation = resource.getResourceMethod();
        Caller caller = Caller.of(identity);
        boolean reads = READING.contains(request.getMethod());
        if (operation == null || (reads && !isAudited(operation, caller))) {
            return;
        }
        new AuditedRequest(
                        clientId(request),
                        caller,
                        name(operation),
                        request.getUriInfo().getPath(),
                        origin(),
                        reads)
                .begin();
    }

    /** Null when the caller has closed the connection. */
    private String origin() {
        SocketAddress address = http.getCurrent().request().remoteAddress();
        return address == null ? null : address.hostAddress();
    }

    private static boolean isAudited(Method operation, Caller caller) {
        AuditedRead read = operation.getAnnotation(AuditedRead.class);
        return read != null && (read.byAnyone() || caller.kind() == Caller.Kind.USER);
    }

    private static String name(Method operation) {
        Operation described = operation.getAnnotation(Operation.class);
        return described == null ? operation.getName() : described.operationId();
    }

    /** A valid number, because the tenant filter has checked the path. */
    private static Long clientId(ContainerRequestContext request) {
        String clientId = request.getUriInfo().getPathParameters().getFirst("clientId");
        return clientId == null ? null : Long.valueOf(clientId);
    }
}
