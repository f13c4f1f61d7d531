package dev.comuta.call.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.channel.ChannelRef;
import dev.comuta.platform.rest.Patch;
import dev.comuta.platform.rest.Revision;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The call plan of a channel. */
@Path("/clients/{clientId}/channels/{channelId}/call-plan")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Channels")
class CallPlansResource {

    private final CallPlans plans;

    CallPlansResource(CallPlans plans) {
        this.plans = plans;
    }

    @GET
    @Requires(Permission.CHANNELS_READ)
    @Operation(
            operationId = "getCallPlan",
            summary = "Get the call plan of a channel",
            description =
                    "Returns what incoming calls of a voice channel hear, and which telephones ring. A channel of another type has none (404).")
    public Uni<RestResponse<CallPlan>> get(
            @PathParam("clientId") long clientId, @PathParam("channelId") long channelId) {
        return plans.get(new ChannelRef(clientId, channelId)).map(Revision::found);
    }

    @PATCH
    @Consumes({MediaType.APPLICATION_JSON, Patch.MEDIA_TYPE})
    @Requires(Permission.CHANNELS_WRITE)
    @Operation(
            operationId = "changeCallPlan",
            summary = "Change the call plan of a channel",
            description =
                    "Changes the fields that are sent; null restores the default. Calls that begin later follow the new plan, about a second after the change; calls that go on keep theirs. A channel of another type has none (404).")
    public Uni<RestResponse<CallPlan>> change(
            @PathParam("clientId") long clientId,
            @PathParam("channelId") long channelId,
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = CallPlan.class))) ObjectNode patch) {
        return plans.change(new ChannelRef(clientId, channelId), patch, ifMatch).map(Revision::found);
    }
}
