package dev.comuta.message.start;

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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Sends messages that test a channel. */
@Path("/clients/{clientId}/channels/{channelId}/test-message")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Channels")
class TestMessagesResource {

    private final StartedSessions sessions;
    private final IdempotencyKeys keys;

    TestMessagesResource(StartedSessions sessions, IdempotencyKeys keys) {
        this.sessions = sessions;
        this.keys = keys;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.CHANNELS_WRITE)
    @Operation(
            operationId = "sendTestMessage",
            summary = "Send a test message from a channel",
            description =
                    "Sends a message to a number, as `startSession` does and with its rules: on WhatsApp a template, unless the recipient wrote in the last 24 hours (409, type `window-ended`), and a conflict while the open session is with another number of the same end user. The recipient becomes an end user. `getMessage` shows whether the message arrives, and else why not.")
    @APIResponse(
            responseCode = "201",
            headers = @Header(name = "Location", ref = "Location"),
            description = "The message is stored and will be sent",
            content = @Content(schema = @Schema(implementation = StartedSession.class)))
    public Uni<RestResponse<StartedSession>> send(
            @PathParam("clientId") long clientId,
            @PathParam("channelId") long channelId,
            @BeanParam IdempotencyKey key,
            @NotNull @Valid TestMessageFields fields) {
        return sessions.test(
                clientId,
                fields.from(channelId),
                keys.once(key, fields, started -> StartedSessionsResource.started(clientId, started)));
    }
}
