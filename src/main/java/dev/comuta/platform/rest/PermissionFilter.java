package dev.comuta.platform.rest;

import dev.comuta.platform.db.RowScope;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.security.Caller;
import dev.comuta.platform.security.Requires;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ResourceInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Authorizes every operation: rejects callers without the permission of its {@link Requires}, and all without {@link
 * Requires}.
 */
class PermissionFilter {

    private final SecurityIdentity identity;

    PermissionFilter(SecurityIdentity identity) {
        this.identity = identity;
    }

    @ServerRequestFilter(priority = Priorities.AUTHORIZATION)
    void admit(ResourceInfo operation) {
        Requires required = operation.getResourceMethod().getAnnotation(Requires.class);
        Caller caller = Caller.of(identity);
        if (required == null || !caller.may(required.value())) {
            String scope = required == null ? "" : " " + required.value().scope();
            throw Problem.of(
                    ProblemType.FORBIDDEN,
                    "the key (role %s) does not have the scope%s"
                            .formatted(caller.role().stored(), scope));
        }
        RowScope.enter(caller);
    }
}
