package dev.comuta.quota;

import dev.comuta.platform.security.Caller;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How much a client may have, and has. */
@Path("/clients/{clientId}/limits")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Limits")
class LimitsResource {

    private final Limits limits;
    private final SecurityIdentity identity;

    LimitsResource(Limits limits, SecurityIdentity identity) {
        this.limits = limits;
        this.identity = identity;
    }

    /** The limits that differ from the plan's: name -> how much. */
    @Schema(name = "OwnLimits", description = "The limits that were agreed with a client.")
    record OwnLimits(
            @NotNull
            @Size(max = 20)
            @Schema(
                    description =
                            "Limits that differ from the plan: name to amount, 0 or more. A limit that is left out is that of the plan.",
                    examples = "{\"channels\": 20}")
            Map<String, Long> limits) {}

    @GET
    @Requires(Permission.CLIENT_READ)
    @Operation(
            operationId = "getLimits",
            summary = "Get the limits of a client",
            description =
                    "Returns every limit, what is used of it, and when the full amount is available again. Request rates are counted by each server on its own.")
    public Uni<LimitsView> get(@PathParam("clientId") long clientId) {
        return limits.show(clientId, Caller.of(identity));
    }

    @PUT
    @Requires(Permission.PLATFORM_WRITE)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "setLimits",
            summary = "Set the limits of a client",
            description =
                    "Replaces the limits that differ from the client's plan. They apply within seconds, on every server.")
    public Uni<LimitsView> set(@PathParam("clientId") long clientId, @NotNull @Valid OwnLimits wanted) {
        return limits.agree(clientId, wanted.limits()).chain(() -> limits.show(clientId, Caller.of(identity)));
    }
}
