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

/** The limits of a client and their usage. */
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

    /** Individual limits of a client: name to maximum. */
    @Schema(name = "OwnLimits", description = "Individual limits of a client, which override those of its plan.")
    record OwnLimits(
            @NotNull
            @Size(max = 20)
            @Schema(
                    description =
                            "Limits that differ from the plan: name to maximum, from 0 to 1000000000. For a limit that is left out, the plan applies.",
                    examples = "{\"channels\": 20}")
            Map<String, Long> limits) {}

    @GET
    @Requires(Permission.CLIENT_READ)
    @Operation(
            operationId = "getLimits",
            summary = "Get the limits of a client",
            description =
                    "Returns every limit with its usage and the time of its reset. Each server counts request rates separately.")
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
                    "Replaces all limits that differ from the client's plan. They apply on every server within seconds.")
    public Uni<LimitsView> set(@PathParam("clientId") long clientId, @NotNull @Valid OwnLimits individual) {
        return limits.setIndividual(clientId, individual.limits())
                .chain(() -> limits.show(clientId, Caller.of(identity)));
    }
}
