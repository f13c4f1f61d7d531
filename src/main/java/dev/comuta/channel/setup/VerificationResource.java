package dev.comuta.channel.setup;

import dev.comuta.channel.ChannelRef;
import dev.comuta.platform.idempotency.IdempotencyKey;
import dev.comuta.platform.idempotency.IdempotencyKeys;
import dev.comuta.platform.rest.Revision;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Verifies channels. */
@Path("/clients/{clientId}/channels/{channelId}/verify")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Channels")
class VerificationResource {

    private final ChannelSetups setups;
    private final IdempotencyKeys keys;

    VerificationResource(ChannelSetups setups, IdempotencyKeys keys) {
        this.setups = setups;
        this.keys = keys;
    }

    @POST
    @Requires(Permission.CHANNELS_WRITE)
    @Operation(
            operationId = "verifyChannel",
            summary = "Prove the number of a channel, and check its set-up",
            description =
                    "Asks the provider, with the channel's credentials, whether the number belongs to the client, and sets the channel `Ativo` when it does. Works for Meta and Twilio; a channel of a Gateway or of LiveKit is set `Ativo` with a platform key. When the number is not proved, the channel remains as it was, and `reason` says why. A number that is active at another client stays `Pendente`, and an alert opens. `steps` lists what of the set-up is done or missing, with what to do. Repeat it as often as you like. When the provider does not respond, the response is 503: retry.")
    @APIResponse(
            responseCode = "200",
            headers = @Header(name = "ETag", ref = "ETag"),
            description = "The state of the channel, and the steps of its set-up",
            content = @Content(schema = @Schema(implementation = ChannelSetup.class)))
    public Uni<RestResponse<ChannelSetup>> verify(
            @PathParam("clientId") long clientId,
            @PathParam("channelId") long channelId,
            @BeanParam IdempotencyKey key) {
        return setups.verify(new ChannelRef(clientId, channelId), keys.once(key, null, Revision::found));
    }
}
