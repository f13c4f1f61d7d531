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
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Starts conversations. */
@Path("/clients/{clientId}/sessions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sessions")
class StartedSessionsResource {

    private final StartedSessions sessions;
    private final IdempotencyKeys keys;

    StartedSessionsResource(StartedSessions sessions, IdempotencyKeys keys) {
        this.sessions = sessions;
        this.keys = keys;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.SESSIONS_WRITE)
    @Operation(
            operationId = "startSession",
            summary = "Start a conversation",
            description =
                    "Writes first to an end user. The open session of the end user on the channel is used, else one is opened, and the message is sent in it. The assistant answers what the end user replies; the session is not taken over. A message to a `phoneNumber` goes to that number, also when the end user has others; while the open session is with another of them, it is a conflict (409): close that session first, or send the message in it. A message to an `endUserId` goes to the number of the end user's last message on the channel. On WhatsApp the first message is a template, unless the end user wrote in the last 24 hours (`windowEndsAt`): other content is a conflict (409, type `window-ended`). An end user who opted out gets nothing that the company begins (409, type `consent-revoked`), until they opt in or a consent is recorded. An `Inativo` end user is a conflict (409); one without a phone number and an address at the provider, and a number of a channel of the client, are rejected (400). Send an `Idempotency-Key`, so that a repeated request starts nothing twice. A message counts against the limit `messagesPerDay`, a new end user against `endUsers` (429).")
    @APIResponse(
            responseCode = "201",
            headers = @Header(name = "Location", ref = "Location"),
            description = "The message is stored and will be sent",
            content = @Content(schema = @Schema(implementation = StartedSession.class)))
    public Uni<RestResponse<StartedSession>> start(
            @PathParam("clientId") long clientId,
            @BeanParam IdempotencyKey key,
            @NotNull @Valid StartSessionFields fields) {
        return sessions.start(clientId, fields, keys.once(key, fields, started -> started(clientId, started)));
    }

    static RestResponse<StartedSession> started(long clientId, StartedSession started) {
        URI location = URI.create(
                "/clients/" + clientId + "/sessions/" + started.session().sessionId());
        return ResponseBuilder.<StartedSession>create(RestResponse.Status.CREATED, started)
                .location(location)
                .build();
    }
}
