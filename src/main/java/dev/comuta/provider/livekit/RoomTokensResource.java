package dev.comuta.provider.livekit;

import dev.comuta.platform.security.Caller;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import dev.comuta.session.SessionRef;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tokens for the rooms of calls. */
@Path("/clients/{clientId}/sessions/{sessionId}/room-token")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Calls")
class RoomTokensResource {

    private final RoomTokens tokens;
    private final SecurityIdentity caller;

    RoomTokensResource(RoomTokens tokens, SecurityIdentity caller) {
        this.tokens = tokens;
        this.caller = caller;
    }

    @POST
    @Requires(Permission.SESSIONS_WRITE)
    @Operation(
            operationId = "createRoomToken",
            summary = "Join the room of a call",
            description =
                    "Returns a token with which the internal user of the key joins the room of a call at LiveKit, to speak and to listen, within 10 minutes. An incoming call is attended when the user is in the room. A broker joins the rooms of own sessions only. The session must be open and have a room, and its channel must be one of LiveKit (409). A key without an internal user is rejected (403). Each request makes another token; nothing is stored.")
    public Uni<RoomToken> create(@PathParam("clientId") long clientId, @PathParam("sessionId") long sessionId) {
        return tokens.create(
                new SessionRef(clientId, sessionId), Caller.of(caller).userId());
    }
}
