package dev.comuta.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.platform.idempotency.IdempotencyKey;
import dev.comuta.platform.idempotency.IdempotencyKeys;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.rest.Patch;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.platform.rest.Revision;
import dev.comuta.platform.security.Caller;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Channels of a client. */
@Path("/clients/{clientId}/channels")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Channels", description = "Numbers under which a client is reached")
class ChannelsResource {

    private final ChannelService channels;
    private final ChannelProof proof;
    private final IdempotencyKeys keys;
    private final SecurityIdentity caller;

    ChannelsResource(ChannelService channels, ChannelProof proof, IdempotencyKeys keys, SecurityIdentity caller) {
        this.channels = channels;
        this.proof = proof;
        this.keys = keys;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.CHANNELS_WRITE)
    @Operation(
            operationId = "createChannel",
            summary = "Register a channel; the answer is the only place that tells its webhook secret")
    @APIResponse(
            responseCode = "201",
            description = "Registered; 'Pendente' when the number is not proved or active at another client",
            content = @Content(schema = @Schema(implementation = NewChannel.class)))
    public Uni<RestResponse<NewChannel>> create(
            @PathParam("clientId") long clientId, @BeanParam IdempotencyKey key, @NotNull @Valid ChannelFields fields) {
        String place = "/clients/" + clientId + "/channels/";
        return channels.create(
                new ChannelService.Registration(
                        clientId, fields, Caller.of(caller).isPlatform()),
                keys.once(
                        key,
                        fields,
                        made -> made.created(c -> place + c.channel().channelId())));
    }

    @GET
    @Requires(Permission.CHANNELS_READ)
    @Operation(operationId = "listChannels", summary = "List channels")
    public Uni<Page<ChannelView>> list(
            @PathParam("clientId") long clientId,
            @BeanParam PageRequest page,
            @QueryParam("channelType") String channelType,
            @QueryParam("channelIdentifier") String channelIdentifier,
            @QueryParam("provider") String provider,
            @QueryParam("status") String status) {
        String number = PhoneNumber.e164OrNull("channelIdentifier", channelIdentifier);
        return channels.list(clientId, page, new ChannelFilter(channelType, number, provider, status));
    }

    @GET
    @Path("/{channelId}")
    @Requires(Permission.CHANNELS_READ)
    @Operation(operationId = "getChannel", summary = "Read a channel")
    public Uni<RestResponse<ChannelView>> get(
            @PathParam("clientId") long clientId, @PathParam("channelId") long channelId) {
        return channels.get(new ChannelRef(clientId, channelId)).map(Revision::found);
    }

    @PATCH
    @Path("/{channelId}")
    @Consumes({MediaType.APPLICATION_JSON, Patch.MEDIA_TYPE})
    @Requires(Permission.CHANNELS_WRITE)
    @Operation(
            operationId = "changeChannel",
            summary = "Change fields of a channel; another number is 'Pendente' until proved")
    public Uni<RestResponse<ChannelView>> change(
            @PathParam("clientId") long clientId,
            @PathParam("channelId") long channelId,
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = ChannelFields.class))) ObjectNode patch) {
        boolean byPlatform = Caller.of(caller).isPlatform();
        return channels.change(new ChannelService.Edit(new ChannelRef(clientId, channelId), patch, ifMatch, byPlatform))
                .map(Revision::found);
    }

    @DELETE
    @Path("/{channelId}")
    @Requires(Permission.CHANNELS_WRITE)
    @Operation(operationId = "deactivateChannel", summary = "Set a channel 'Inativo'")
    public Uni<Void> deactivate(@PathParam("clientId") long clientId, @PathParam("channelId") long channelId) {
        return channels.deactivate(new ChannelRef(clientId, channelId));
    }

    @POST
    @Path("/{channelId}/verify")
    @Requires(Permission.CHANNELS_WRITE)
    @Operation(
            operationId = "verifyChannel",
            summary = "Ask the provider whose the number is, and make the channel 'Ativo' when it is the client's",
            description =
                    "Meta and Twilio are asked with the channel's credentials. 409 says why the number is not proved;"
                            + " a Gateway's number is made 'Ativo' by a change with the platform key. A number that is active at"
                            + " another client stays 'Pendente', and an alert opens.")
    @APIResponse(
            responseCode = "200",
            description = "'Ativo', or 'Pendente' when the number is active at another client",
            content = @Content(schema = @Schema(implementation = ChannelView.class)))
    public Uni<RestResponse<ChannelView>> verify(
            @PathParam("clientId") long clientId,
            @PathParam("channelId") long channelId,
            @BeanParam IdempotencyKey key) {
        return proof.verify(new ChannelRef(clientId, channelId), keys.once(key, null, Revision::found));
    }

    @POST
    @Path("/{channelId}/webhook-secret")
    @Requires(Permission.WEBHOOKS_WRITE)
    @Operation(
            operationId = "rotateWebhookSecret",
            summary = "Make a new webhook secret; the one before stays in force until the next rotation")
    @APIResponse(
            responseCode = "200",
            description = "The new secret",
            content = @Content(schema = @Schema(implementation = WebhookSecret.class)))
    public Uni<RestResponse<WebhookSecret>> rotate(
            @PathParam("clientId") long clientId,
            @PathParam("channelId") long channelId,
            @BeanParam IdempotencyKey key) {
        return channels.rotate(new ChannelRef(clientId, channelId), keys.once(key, null, RestResponse::ok));
    }
}
