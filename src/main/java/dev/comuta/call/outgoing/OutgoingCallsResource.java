package dev.comuta.call.outgoing;

import dev.comuta.call.CallView;
import dev.comuta.platform.idempotency.IdempotencyKey;
import dev.comuta.platform.idempotency.IdempotencyKeys;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Makes calls. */
@Path("/clients/{clientId}/calls")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Calls")
class OutgoingCallsResource {

    private final OutgoingCalls calls;
    private final IdempotencyKeys keys;

    OutgoingCallsResource(OutgoingCalls calls, IdempotencyKeys keys) {
        this.calls = calls;
        this.keys = keys;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.SESSIONS_WRITE)
    @Operation(
            operationId = "makeCall",
            summary = "Call an end user",
            description =
                    "Calls an end user from a voice channel. The call is stored as `Initiated` with its session, and the provider then dials once; `getCall` and the events `ChamadaConectada` and `ChamadaEncerrada` show what follows. With `userId` the telephone of that internal user rings first, who presses 1, and the end user is called then: one call, `Canceled` with the reason `corretor não atendeu` when the user does not accept it. A scheduled call is withdrawn by `hangUpCall`, or by canceling its task. An end user who opted out is not called (409, type `consent-revoked`), nor outside of the calling hours (409, type `calling-hours`; `detail` names the next possible time). An `Inativo` end user is a conflict (409). Emergency numbers, short numbers, numbers for which the called party charges (0300, 0500, 0900), countries that the platform does not allow, and numbers of the client's channels are rejected (400). Limits: `callsAtOnce`, `callsPerHour`, `callsPerDay` and `endUsers` (429). Send an `Idempotency-Key`, so that a repeated request calls nobody twice.")
    @APIResponse(
            responseCode = "201",
            headers = @Header(name = "Location", ref = "Location"),
            description = "The call is stored and will be made",
            content = @Content(schema = @Schema(implementation = CallView.class)))
    public Uni<RestResponse<CallView>> make(
            @PathParam("clientId") long clientId,
            @BeanParam IdempotencyKey key,
            @NotNull @Valid OutgoingCallFields fields) {
        return calls.make(clientId, fields, keys.once(key, fields, OutgoingCallsResource::created));
    }

    private static RestResponse<CallView> created(CallView call) {
        return ResponseBuilder.<CallView>create(RestResponse.Status.CREATED, call)
                .location(URI.create("/clients/" + call.clientId() + "/calls/" + call.callId()))
                .build();
    }
}
