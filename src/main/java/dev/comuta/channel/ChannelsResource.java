package dev.comuta.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.platform.idempotency.IdempotencyKey;
import dev.comuta.platform.idempotency.IdempotencyKeys;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.rest.Patch;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.platform.rest.Replacement;
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
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Channels of a client. */
@Path("/clients/{clientId}/channels")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Channels")
class ChannelsResource {

    private final ChannelService channels;
    private final IdempotencyKeys keys;
    private final SecurityIdentity caller;

    ChannelsResource(ChannelService channels, IdempotencyKeys keys, SecurityIdentity caller) {
        this.channels = channels;
        this.keys = keys;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.CHANNELS_WRITE)
    @Operation(
            operationId = "createChannel",
            summary = "Register a channel",
            description =
                    "Registers a number. The secret that signs its webhooks is returned only once, in this response. With a client key the channel is `Pendente` until the number is proved (`verifyChannel`). A number that is active at another client stays `Pendente`, and an alert opens. A client has each number at most once (409). A channel counts against the limit `channels` (429).")
    @APIResponse(
            responseCode = "201",
            headers = @Header(name = "ETag", ref = "ETag"),
            description = "Registered; `Pendente` when the number is not proved or is active at another client",
            content = @Content(schema = @Schema(implementation = NewChannel.class)))
    public Uni<RestResponse<NewChannel>> create(
            @PathParam("clientId") long clientId, @BeanParam IdempotencyKey key, @NotNull @Valid ChannelFields fields) {
        String path = "/clients/" + clientId + "/channels/";
        return channels.create(
                new ChannelService.Registration(
                        clientId, fields, Caller.of(caller).isPlatform()),
                keys.once(
                        key,
                        fields,
                        made -> made.created(c -> path + c.channel().channelId())));
    }

    @GET
    @Requires(Permission.CHANNELS_READ)
    @Operation(
            operationId = "listChannels",
            summary = "List channels",
            description = "Lists the channels of a client, inactive ones included.")
    public Uni<Page<ChannelView>> list(
            @PathParam("clientId") long clientId,
            @BeanParam PageRequest page,
            @QueryParam("channelType")
                    @Parameter(description = "Only channels of this type", schema = @Schema(ref = "ChannelType"))
                    String channelType,
            @QueryParam("channelIdentifier")
                    @Parameter(
                            description =
                                    "Only channels with this phone number, with its country code and with or without `+`, in whichever of its forms (for example with or without the ninth digit of Brazil); 400 when it is not a valid phone number")
                    String channelIdentifier,
            @QueryParam("provider")
                    @Parameter(description = "Only channels of this provider", schema = @Schema(ref = "Provider"))
                    String provider,
            @QueryParam("status")
                    @Parameter(
                            description = "Only channels in this state",
                            schema = @Schema(implementation = ChannelStatus.class))
                    String status) {
        String key = channelIdentifier == null
                ? null
                : PhoneNumber.parse("channelIdentifier", channelIdentifier).identityKey();
        return channels.list(clientId, page, new ChannelFilter(channelType, key, provider, status));
    }

    @GET
    @Path("/{channelId}")
    @Requires(Permission.CHANNELS_READ)
    @Operation(
            operationId = "getChannel",
            summary = "Get a channel",
            description = "Returns a channel without its secrets.")
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
            summary = "Change a channel",
            description =
                    "Changes the fields that are sent. With a client key, another type, number, provider or `providerId` makes the channel `Pendente` until the number is proved. `status: Ativo` is rejected as a conflict while the number is not proved, or while it is active at another client. `credentials` are merged like every object; null removes them.")
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
    @Operation(
            operationId = "deactivateChannel",
            summary = "Deactivate a channel",
            description =
                    "Sets the channel `Inativo`: it neither sends nor receives. Its sessions and messages stay. To reactivate it, set `status` to `Ativo`.")
    public Uni<Void> deactivate(@PathParam("clientId") long clientId, @PathParam("channelId") long channelId) {
        return channels.deactivate(new ChannelRef(clientId, channelId));
    }

    @POST
    @Path("/{channelId}/webhook-secret")
    @Requires(Permission.WEBHOOKS_WRITE)
    @Operation(
            operationId = "rotateWebhookSecret",
            summary = "Replace the webhook secret of a channel",
            description =
                    "Creates a new secret, which is returned only once, in this response. The previous one stays valid for `overlapSeconds`; one that was replaced earlier expires immediately.")
    @APIResponse(
            responseCode = "200",
            description = "The new secret",
            content = @Content(schema = @Schema(implementation = WebhookSecret.class)))
    public Uni<RestResponse<WebhookSecret>> rotate(
            @PathParam("clientId") long clientId,
            @PathParam("channelId") long channelId,
            @BeanParam IdempotencyKey key,
            @NotNull @Valid Replacement replacement) {
        return channels.rotate(
                new ChannelRef(clientId, channelId),
                replacement.overlap(),
                keys.once(key, replacement, RestResponse::ok));
    }
}
