package dev.comuta.platform.rest;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.security.Caller;
import dev.comuta.platform.security.KnownClients;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.OptionalLong;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Admits a caller to paths under {@code /clients/{clientId}}. A path of another tenant gets the same response as the
 * path of a client that does not exist.
 */
class TenantFilter {

    private static final String CLIENTS = "/clients/";

    private final SecurityIdentity caller;
    private final KnownClients clients;

    TenantFilter(SecurityIdentity caller, KnownClients clients) {
        this.caller = caller;
        this.clients = clients;
    }

    @ServerRequestFilter
    Uni<Void> admit(ContainerRequestContext request) {
        String clientId = request.getUriInfo().getPathParameters().getFirst("clientId");
        if (clientId == null && !request.getUriInfo().getPath().startsWith(CLIENTS)) {
            return Uni.createFrom().voidItem();
        }
        return mayEnter(number(clientId)).map(TenantFilter::orNotFound);
    }

    private Uni<Boolean> mayEnter(OptionalLong clientId) {
        if (clientId.isEmpty()) {
            return Uni.createFrom().item(false);
        }
        Caller current = Caller.of(caller);
        if (current.isPlatform()) {
            return clients.exists(clientId.getAsLong());
        }
        Long own = current.clientId();
        return Uni.createFrom().item(own != null && own == clientId.getAsLong());
    }

    private static Void orNotFound(boolean admitted) {
        if (!admitted) {
            throw Problem.notFound("client");
        }
        return null;
    }

    private static OptionalLong number(String text) {
        try {
            return OptionalLong.of(Numbers.parse("clientId", text));
        } catch (Problem notAnId) {
            return OptionalLong.empty();
        }
    }
}
