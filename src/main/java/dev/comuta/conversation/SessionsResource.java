package dev.comuta.conversation;

import dev.comuta.event.EventView;
import dev.comuta.platform.Numbers;
import dev.comuta.platform.Page;
import dev.comuta.platform.PageRequest;
import dev.comuta.platform.Problem;
import dev.comuta.task.TaskView;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Sessions of a client. */
@Path("/clients/{clientId}/sessions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sessions", description = "Conversations and calls, their messages, events and tasks")
class SessionsResource {

    private final SessionReading sessions;

    SessionsResource(SessionReading sessions) {
        this.sessions = sessions;
    }

    @GET
    @Operation(operationId = "listSessions", summary = "List sessions")
    public Uni<Page<SessionView>> list(
            @PathParam("clientId") long clientId,
            @BeanParam PageRequest page,
            @QueryParam("endUserId") @Parameter(schema = @Schema(type = SchemaType.INTEGER)) String endUserId,
            @QueryParam("channelId") @Parameter(schema = @Schema(type = SchemaType.INTEGER)) String channelId,
            @QueryParam("open") @Parameter(schema = @Schema(type = SchemaType.BOOLEAN)) String open) {
        SessionFilter filter = new SessionFilter(
                Numbers.parseOptional("endUserId", endUserId),
                Numbers.parseOptional("channelId", channelId),
                truth(open));
        return sessions.list(clientId, page, filter);
    }

    @GET
    @Path("/{sessionId}")
    @Operation(operationId = "getSession", summary = "Read a session")
    public Uni<SessionView> get(@PathParam("clientId") long clientId, @PathParam("sessionId") long sessionId) {
        return sessions.get(clientId, sessionId);
    }

    @GET
    @Path("/{sessionId}/messages")
    @Operation(operationId = "listMessages", summary = "List the messages of a session, oldest first")
    public Uni<Page<MessageView>> messages(
            @PathParam("clientId") long clientId, @PathParam("sessionId") long sessionId, @BeanParam PageRequest page) {
        return sessions.messages(clientId, sessionId, page);
    }

    @GET
    @Path("/{sessionId}/events")
    @Operation(operationId = "listSessionEvents", summary = "List what happened in a session")
    public Uni<Page<EventView>> events(
            @PathParam("clientId") long clientId, @PathParam("sessionId") long sessionId, @BeanParam PageRequest page) {
        return sessions.events(clientId, sessionId, page);
    }

    @GET
    @Path("/{sessionId}/tasks")
    @Operation(operationId = "listSessionTasks", summary = "List the background tasks of a session")
    public Uni<Page<TaskView>> tasks(
            @PathParam("clientId") long clientId, @PathParam("sessionId") long sessionId, @BeanParam PageRequest page) {
        return sessions.tasks(clientId, sessionId, page);
    }

    private static Boolean truth(String open) {
        return switch (open) {
            case null -> null;
            case "true" -> true;
            case "false" -> false;
            default -> throw Problem.invalid("open", "must be true or false");
        };
    }
}
