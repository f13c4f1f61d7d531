package dev.comuta.call.transfer;

import dev.comuta.call.CallRef;
import dev.comuta.platform.idempotency.IdempotencyKey;
import dev.comuta.platform.idempotency.IdempotencyKeys;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
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

/** Transfers calls. */
@Path("/clients/{clientId}/calls/{callId}/transfer")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Calls")
class TransfersResource {

    private final Transfers transfers;
    private final IdempotencyKeys keys;

    TransfersResource(Transfers transfers, IdempotencyKeys keys) {
        this.transfers = transfers;
        this.keys = keys;
    }

    @GET
    @Requires(Permission.SESSIONS_READ)
    @Operation(
            operationId = "getCallTransfer",
            summary = "Get the latest transfer of a call",
            description = "Returns the latest transfer of a call. Fails for a call that was never transferred (404).")
    public Uni<TransferView> get(@PathParam("clientId") long clientId, @PathParam("callId") long callId) {
        return transfers.get(new CallRef(clientId, callId));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.SESSIONS_WRITE)
    @Operation(
            operationId = "transferCall",
            summary = "Transfer a call",
            description =
                    "The end user waits while the telephone of the new person rings, who hears who is transferred, with `Assistida` also a summary, and presses 1; the event `ChamadaTransferida` is then recorded. When nobody accepts, the end user goes back to the internal user who had the call, and otherwise to the next step of the channel's call plan. Fails with a conflict (409) when the call is not answered yet or has ended, when another transfer goes on, or when the provider cannot transfer. The number must be one that may be called (400), and counts against `callsPerHour` and `callsPerDay` (429).")
    @APIResponse(
            responseCode = "202",
            description = "The transfer as it is now",
            content = @Content(schema = @Schema(implementation = TransferView.class)))
    public Uni<RestResponse<TransferView>> begin(
            @PathParam("clientId") long clientId,
            @PathParam("callId") long callId,
            @BeanParam IdempotencyKey key,
            @NotNull @Valid TransferFields fields) {
        return transfers.begin(
                new CallRef(clientId, callId), fields, keys.once(key, fields, TransfersResource::accepted));
    }

    @POST
    @Path("/cancel")
    @Requires(Permission.SESSIONS_WRITE)
    @Operation(
            operationId = "cancelCallTransfer",
            summary = "Cancel a transfer of a call",
            description =
                    "Cancels a transfer that nobody has accepted; the end user goes back to the internal user who had the call. Fails with a conflict (409) after that, and with 404 for a call without a transfer.")
    @APIResponse(
            responseCode = "202",
            description = "The transfer as it is now",
            content = @Content(schema = @Schema(implementation = TransferView.class)))
    public Uni<RestResponse<TransferView>> cancel(
            @PathParam("clientId") long clientId, @PathParam("callId") long callId, @BeanParam IdempotencyKey key) {
        return transfers.cancel(new CallRef(clientId, callId), keys.once(key, null, TransfersResource::accepted));
    }

    private static RestResponse<TransferView> accepted(TransferView transfer) {
        return RestResponse.status(RestResponse.Status.ACCEPTED, transfer);
    }
}
