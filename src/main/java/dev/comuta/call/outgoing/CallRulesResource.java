package dev.comuta.call.outgoing;

import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where and when a client may call. */
@Path("/clients/{clientId}/call-rules")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Calls")
class CallRulesResource {

    private final ClientCallRules rules;

    CallRulesResource(ClientCallRules rules) {
        this.rules = rules;
    }

    @GET
    @Requires(Permission.CLIENT_READ)
    @Operation(
            operationId = "getCallRules",
            summary = "Get where and when a client may call",
            description = "Returns the countries and hours that apply to calls of the client.")
    public Uni<CallRules> get(@PathParam("clientId") long clientId) {
        return rules.get(clientId);
    }

    @PUT
    @Requires(Permission.PLATFORM_WRITE)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "setCallRules",
            summary = "Set where and when a client may call",
            description =
                    "Replaces the countries and hours of a client; what is left out is as in the configuration. Calls to other countries are refused, because stolen keys are used for expensive calls.")
    public Uni<CallRules> set(@PathParam("clientId") long clientId, @NotNull @Valid CallRules fields) {
        return rules.set(clientId, fields);
    }
}
