package dev.comuta.call.summary;

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

/** The outcomes of calls that a client has. */
@Path("/clients/{clientId}/call-outcomes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Calls")
class CallOutcomesResource {

    private final ClientCallOutcomes outcomes;

    CallOutcomesResource(ClientCallOutcomes outcomes) {
        this.outcomes = outcomes;
    }

    @GET
    @Requires(Permission.CLIENT_READ)
    @Operation(
            operationId = "getCallOutcomes",
            summary = "Get the outcomes of calls",
            description = "Returns how calls of the client may end.")
    public Uni<CallOutcomes> get(@PathParam("clientId") long clientId) {
        return outcomes.get(clientId);
    }

    @PUT
    @Requires(Permission.CLIENT_WRITE)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "setCallOutcomes",
            summary = "Set the outcomes of calls",
            description =
                    "Replaces the outcomes from which an assistant, or a person, chooses one after a call. Calls keep the outcome that they have.")
    public Uni<CallOutcomes> set(@PathParam("clientId") long clientId, @NotNull @Valid CallOutcomes fields) {
        return outcomes.set(clientId, fields);
    }
}
