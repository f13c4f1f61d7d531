package dev.comuta.conversation;

import dev.comuta.event.EventView;
import dev.comuta.platform.AuditedRead;
import dev.comuta.platform.IdempotencyKey;
import dev.comuta.platform.IdempotencyKeys;
import dev.comuta.platform.Numbers;
import dev.comuta.platform.Page;
import dev.comuta.platform.PageRequest;
import dev.comuta.platform.Permission;
import dev.comuta.platform.Problem;
import dev.comuta.platform.Requires;
import dev.comuta.task.TaskView;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Sessions of a client. */
@Path("/clients/{clientId}/sessions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sessions", description = "Conversations and calls, their messages, events and tasks")
class SessionsResource {

    private final SessionReading reading;
    private final Sessions sessions;
    private final IdempotencyKeys keys;

    SessionsResource(SessionReading reading, Sessions sessions, IdempotencyKeys keys) {
        this.reading = reading;
        this.sessions = sessions;
        this.keys = keys;
    }

    @GET
    @Requires(Permission.SESSIONS_READ)
    @Operation(operationId = "listSessions", summary = "List sessions")
    public Uni<Page<SessionView>> list(
            @PathParam("clientId") long clientId,
            @BeanParam PageRequest page,
            @QueryParam("endUserId") @Parameter(schema = @Schema(type = SchemaType.INTEGER)) String endUserId,
            @QueryParam("channelId") @Parameter(schema = @Schema(type = SchemaType.INTEGER)) String channelId,
            @QueryParam("userId") @Parameter(schema = @Schema(type = SchemaType.INTEGER)) String userId,
            @QueryParam("sessionType") String sessionType,
            @QueryParam("open") @Parameter(schema = @Schema(type = SchemaType.BOOLEAN)) String open,
            @QueryParam("handedOff") @Parameter(schema = @Schema(type = SchemaType.BOOLEAN)) String handedOff) {
        SessionFilter filter = new SessionFilter(
                Numbers.parseOptional("endUserId", endUserId),
                Numbers.parseOptional("channelId", channelId),
                Numbers.parseOptional("userId", userId),
                sessionType,
                truth("open", open),
                truth("handedOff", handedOff));
        return reading.list(clientId, page, filter);
    }

    @GET
    @Path("/{sessionId}")
    @Requires(Permission.SESSIONS_READ)
    @Operation(operationId = "getSession", summary = "Read a session")
    public Uni<SessionView> get(@PathParam("clientId") long clientId, @PathParam("sessionId") long sessionId) {
        return reading.get(clientId, sessionId);
    }

    @GET
    @Path("/{sessionId}/messages")
    @Requires(Permission.SESSIONS_READ)
    @AuditedRead
    @Operation(operationId = "listMessages", summary = "List the messages of a session, oldest first")
    public Uni<Page<MessageView>> messages(
            @PathParam("clientId") long clientId,
            @PathParam("sessionId") long sessionId,
            @BeanParam PageRequest page,
            @QueryParam("senderType") String senderType,
            @QueryParam("contentType") String contentType,
            @QueryParam("status") String status) {
        return reading.messages(clientId, sessionId, page, new MessageFilter(senderType, contentType, status));
    }

    @POST
    @Path("/{sessionId}/messages")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.SESSIONS_WRITE)
    @Operation(
            operationId = "sendMessage",
            summary = "Send a text to the end user, as an internal user",
            description = "201 means that the message is stored and will be sent; its status tells what became of it")
    @APIResponse(
            responseCode = "201",
            description = "Stored, to be sent",
            content = @Content(schema = @Schema(implementation = MessageView.class)))
    public Uni<RestResponse<MessageView>> send(
            @PathParam("clientId") long clientId,
            @PathParam("sessionId") long sessionId,
            @BeanParam IdempotencyKey key,
            @NotNull @Valid MessageFields fields) {
        return sessions.send(
                new Sessions.Place(clientId, sessionId),
                fields.text(),
                keys.once(key, fields, m -> written(clientId, m)));
    }

    @GET
    @Path("/{sessionId}/messages/{messageId}")
    @Requires(Permission.SESSIONS_READ)
    @AuditedRead
    @Operation(operationId = "getMessage", summary = "Read a message")
    public Uni<MessageView> message(
            @PathParam("clientId") long clientId,
            @PathParam("sessionId") long sessionId,
            @PathParam("messageId") long messageId) {
        return reading.message(new Sessions.Place(clientId, sessionId), messageId);
    }

    @POST
    @Path("/{sessionId}/close")
    @Requires(Permission.SESSIONS_WRITE)
    @Operation(operationId = "closeSession", summary = "End a session; the next message of the end user opens another")
    @APIResponse(
            responseCode = "200",
            description = "Closed",
            content = @Content(schema = @Schema(implementation = SessionView.class)))
    public Uni<RestResponse<SessionView>> close(
            @PathParam("clientId") long clientId,
            @PathParam("sessionId") long sessionId,
            @BeanParam IdempotencyKey key) {
        return sessions.close(new Sessions.Place(clientId, sessionId), keys.once(key, null, RestResponse::ok));
    }

    @POST
    @Path("/{sessionId}/handoff")
    @Requires(Permission.SESSIONS_WRITE)
    @Operation(operationId = "handOffSession", summary = "Take a session over from the assistant, which falls silent")
    @APIResponse(
            responseCode = "200",
            description = "The assistant is silent",
            content = @Content(schema = @Schema(implementation = SessionView.class)))
    public Uni<RestResponse<SessionView>> handOff(
            @PathParam("clientId") long clientId,
            @PathParam("sessionId") long sessionId,
            @BeanParam IdempotencyKey key) {
        return sessions.handOff(new Sessions.Place(clientId, sessionId), keys.once(key, null, RestResponse::ok));
    }

    @POST
    @Path("/{sessionId}/release")
    @Requires(Permission.SESSIONS_WRITE)
    @Operation(
            operationId = "releaseSession",
            summary = "Give a session back to the assistant",
            description =
                    "The assistant answers what is written from now on. What it left unanswered is taken as dealt "
                            + "with: such a message has turnTaskId 0.")
    @APIResponse(
            responseCode = "200",
            description = "The assistant has the word",
            content = @Content(schema = @Schema(implementation = SessionView.class)))
    public Uni<RestResponse<SessionView>> release(
            @PathParam("clientId") long clientId,
            @PathParam("sessionId") long sessionId,
            @BeanParam IdempotencyKey key) {
        return sessions.release(new Sessions.Place(clientId, sessionId), keys.once(key, null, RestResponse::ok));
    }

    @GET
    @Path("/{sessionId}/events")
    @Requires(Permission.EVENTS_READ)
    @Operation(operationId = "listSessionEvents", summary = "List what happened in a session")
    public Uni<Page<EventView>> events(
            @PathParam("clientId") long clientId, @PathParam("sessionId") long sessionId, @BeanParam PageRequest page) {
        return reading.events(clientId, sessionId, page);
    }

    @GET
    @Path("/{sessionId}/tasks")
    @Requires(Permission.TASKS_READ)
    @AuditedRead
    @Operation(operationId = "listSessionTasks", summary = "List the background tasks of a session")
    public Uni<Page<TaskView>> tasks(
            @PathParam("clientId") long clientId, @PathParam("sessionId") long sessionId, @BeanParam PageRequest page) {
        return reading.tasks(clientId, sessionId, page);
    }

    private static RestResponse<MessageView> written(long clientId, MessageView message) {
        URI place = URI.create(
                "/clients/" + clientId + "/sessions/" + message.sessionId() + "/messages/" + message.messageId());
        return ResponseBuilder.<MessageView>create(RestResponse.Status.CREATED, message)
                .location(place)
                .build();
    }

    private static Boolean truth(String field, String text) {
        return switch (text) {
            case null -> null;
            case "true" -> true;
            case "false" -> false;
            default -> throw Problem.invalid(field, "must be true or false");
        };
    }
}
