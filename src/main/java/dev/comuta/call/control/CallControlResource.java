package dev.comuta.call.control;

import dev.comuta.call.CallRef;
import dev.comuta.call.CallView;
import dev.comuta.platform.idempotency.IdempotencyKey;
import dev.comuta.platform.idempotency.IdempotencyKeys;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
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

/** Changes calls that go on. */
@Path("/clients/{clientId}/calls/{callId}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Calls")
class CallControlResource {

    private final CallControl control;
    private final IdempotencyKeys keys;

    CallControlResource(CallControl control, IdempotencyKeys keys) {
        this.control = control;
        this.keys = keys;
    }

    /** Digits to be sent. */
    @Schema(name = "CallDigits", description = "Digits to be sent.")
    record DigitsFields(
            @NotNull
            @Pattern(regexp = "[0-9*#w]{1,32}", message = "must be digits, *, # and w, at most 32")
            @Schema(
                    description = "Digits, `*` and `#`; `w` is half a second of silence. At most 32.",
                    examples = "1w2#")
            String digits) {}

    /** A change of a recording. */
    @Schema(name = "CallRecordingChange", description = "A change of a recording.")
    record RecordingFields(
            @NotNull @Schema(description = "What to do") RecordingAction action) {}

    @POST
    @Path("/hangup")
    @Requires(Permission.SESSIONS_WRITE)
    @Operation(
            operationId = "hangUpCall",
            summary = "End a call",
            description =
                    "Hangs up. A call that is not dialled yet is withdrawn: it becomes `Canceled`, and its task dials nobody. An ended call stays as it is.")
    @APIResponse(
            responseCode = "202",
            description = "The call as it is now; the change follows",
            content = @Content(schema = @Schema(implementation = CallView.class)))
    public Uni<RestResponse<CallView>> hangUpCall(
            @PathParam("clientId") long clientId, @PathParam("callId") long callId, @BeanParam IdempotencyKey key) {
        return control.hangUp(new CallRef(clientId, callId), keys.once(key, null, CallControlResource::accepted));
    }

    @POST
    @Path("/hold")
    @Requires(Permission.SESSIONS_WRITE)
    @Operation(
            operationId = "holdCall",
            summary = "Hold a call",
            description =
                    "The end user waits with music; `held` then is true. Fails with a conflict (409) when the call is not answered yet or has ended, or when the provider cannot do it.")
    @APIResponse(
            responseCode = "202",
            description = "The call as it is now; the change follows",
            content = @Content(schema = @Schema(implementation = CallView.class)))
    public Uni<RestResponse<CallView>> holdCall(
            @PathParam("clientId") long clientId, @PathParam("callId") long callId, @BeanParam IdempotencyKey key) {
        return change(clientId, callId, Order.of(Order.Kind.HOLD), keys.once(key, null, CallControlResource::accepted));
    }

    @POST
    @Path("/resume")
    @Requires(Permission.SESSIONS_WRITE)
    @Operation(
            operationId = "resumeCall",
            summary = "Resume a call that is held",
            description =
                    "The conversation goes on; `held` then is false. Fails with a conflict (409) when the call is not answered yet or has ended, or when the provider cannot do it.")
    @APIResponse(
            responseCode = "202",
            description = "The call as it is now; the change follows",
            content = @Content(schema = @Schema(implementation = CallView.class)))
    public Uni<RestResponse<CallView>> resumeCall(
            @PathParam("clientId") long clientId, @PathParam("callId") long callId, @BeanParam IdempotencyKey key) {
        return change(
                clientId, callId, Order.of(Order.Kind.RESUME), keys.once(key, null, CallControlResource::accepted));
    }

    @POST
    @Path("/mute")
    @Requires(Permission.SESSIONS_WRITE)
    @Operation(
            operationId = "muteCall",
            summary = "Mute a call",
            description =
                    "The end user does not hear the company; `muted` then is true. Fails with a conflict (409) when the call is not answered yet or has ended, or when the provider cannot do it.")
    @APIResponse(
            responseCode = "202",
            description = "The call as it is now; the change follows",
            content = @Content(schema = @Schema(implementation = CallView.class)))
    public Uni<RestResponse<CallView>> muteCall(
            @PathParam("clientId") long clientId, @PathParam("callId") long callId, @BeanParam IdempotencyKey key) {
        return change(clientId, callId, Order.of(Order.Kind.MUTE), keys.once(key, null, CallControlResource::accepted));
    }

    @POST
    @Path("/unmute")
    @Requires(Permission.SESSIONS_WRITE)
    @Operation(
            operationId = "unmuteCall",
            summary = "Unmute a call",
            description =
                    "The end user hears the company again; `muted` then is false. Fails with a conflict (409) when the call is not answered yet or has ended, or when the provider cannot do it.")
    @APIResponse(
            responseCode = "202",
            description = "The call as it is now; the change follows",
            content = @Content(schema = @Schema(implementation = CallView.class)))
    public Uni<RestResponse<CallView>> unmuteCall(
            @PathParam("clientId") long clientId, @PathParam("callId") long callId, @BeanParam IdempotencyKey key) {
        return change(
                clientId, callId, Order.of(Order.Kind.UNMUTE), keys.once(key, null, CallControlResource::accepted));
    }

    @POST
    @Path("/digits")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.SESSIONS_WRITE)
    @Operation(
            operationId = "sendCallDigits",
            summary = "Send digits in a call",
            description =
                    "Sends tones to the end user's side, for example to a menu. They are sent once, and are stored encrypted. Fails with a conflict (409) when the call is not answered yet or has ended, or when the provider cannot do it.")
    @APIResponse(
            responseCode = "202",
            description = "The call as it is now; the change follows",
            content = @Content(schema = @Schema(implementation = CallView.class)))
    public Uni<RestResponse<CallView>> sendCallDigits(
            @PathParam("clientId") long clientId,
            @PathParam("callId") long callId,
            @BeanParam IdempotencyKey key,
            @NotNull @Valid DigitsFields fields) {
        return change(
                clientId,
                callId,
                new Order(Order.Kind.DIGITS, fields.digits()),
                keys.once(key, fields, CallControlResource::accepted));
    }

    @POST
    @Path("/recording")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.SESSIONS_WRITE)
    @Operation(
            operationId = "changeCallRecording",
            summary = "Start, pause, resume or stop the recording of a call",
            description =
                    "Changes the recording of a call, for example pauses it while a card number is spoken. Fails with a conflict (409) when the call is not answered yet or has ended, or when the provider cannot do it.")
    @APIResponse(
            responseCode = "202",
            description = "The call as it is now; the change follows",
            content = @Content(schema = @Schema(implementation = CallView.class)))
    public Uni<RestResponse<CallView>> changeCallRecording(
            @PathParam("clientId") long clientId,
            @PathParam("callId") long callId,
            @BeanParam IdempotencyKey key,
            @NotNull @Valid RecordingFields fields) {
        return change(
                clientId,
                callId,
                new Order(Order.Kind.RECORDING, fields.action().change().name()),
                keys.once(key, fields, CallControlResource::accepted));
    }

    private <V> Uni<RestResponse<V>> change(
            long clientId, long callId, Order order, IdempotentResponse<CallView, V> once) {
        return control.change(new CallRef(clientId, callId), order, once);
    }

    private static RestResponse<CallView> accepted(CallView call) {
        return RestResponse.status(RestResponse.Status.ACCEPTED, call);
    }
}
