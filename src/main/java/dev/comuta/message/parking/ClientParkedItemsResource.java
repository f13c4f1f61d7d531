package dev.comuta.message.parking;

import dev.comuta.platform.idempotency.IdempotencyKey;
import dev.comuta.platform.idempotency.IdempotencyKeys;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Parked items of the proved numbers of a client. */
@Path("/clients/{clientId}/parked-items")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Parked items")
class ClientParkedItemsResource {

    private final Parking parking;
    private final IdempotencyKeys keys;

    ClientParkedItemsResource(Parking parking, IdempotencyKeys keys) {
        this.parking = parking;
        this.keys = keys;
    }

    @GET
    @Requires(Permission.PARKED_READ)
    @Operation(
            operationId = "listClientParkedItems",
            summary = "List parked items",
            description =
                    "Lists what providers delivered for the numbers that were proved to be the client's, and no channel could take, without its content, in the order of arrival. Items are removed after 30 days, those of an inactive client after 7.")
    public Uni<Page<ParkedItemView>> list(
            @PathParam("clientId") long clientId, @BeanParam PageRequest page, @BeanParam ParkedFilter filter) {
        return parking.list(clientId, page, filter);
    }

    @GET
    @Path("/{parkedItemId}")
    @Requires(Permission.PARKED_READ)
    @Operation(
            operationId = "getClientParkedItem",
            summary = "Get a parked item",
            description = "Returns an item with its content.")
    public Uni<ParkedItemDetail> get(
            @PathParam("clientId") long clientId, @PathParam("parkedItemId") long parkedItemId) {
        return parking.get(new ParkedItemRef(clientId, parkedItemId));
    }

    @POST
    @Path("/{parkedItemId}/replay")
    @Requires(Permission.PARKED_WRITE)
    @Operation(
            operationId = "replayClientParkedItem",
            summary = "Replay a parked item",
            description =
                    "Receives the item now, as if the provider delivered it. A message is stored once, however often it is replayed or delivered. An item that cannot be placed remains, and `reason` says why; a notice always remains. An item that is received is no longer listed (404).")
    @APIResponse(
            responseCode = "200",
            description = "Received, or parked as before with the reason",
            content = @Content(schema = @Schema(implementation = ParkedReplay.class)))
    public Uni<RestResponse<ParkedReplay>> replay(
            @PathParam("clientId") long clientId,
            @PathParam("parkedItemId") long parkedItemId,
            @BeanParam IdempotencyKey key) {
        return parking.replay(new ParkedItemRef(clientId, parkedItemId), keys.once(key, null, RestResponse::ok));
    }

    @DELETE
    @Path("/{parkedItemId}")
    @Requires(Permission.PARKED_WRITE)
    @Operation(
            operationId = "discardClientParkedItem",
            summary = "Discard a parked item",
            description = "Removes the item for good. Its content cannot be restored.")
    public Uni<Void> discard(@PathParam("clientId") long clientId, @PathParam("parkedItemId") long parkedItemId) {
        return parking.discard(new ParkedItemRef(clientId, parkedItemId));
    }
}
