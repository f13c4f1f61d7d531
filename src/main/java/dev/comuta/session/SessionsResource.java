package dev.comuta.session;

import dev.comuta.event.EventView;
import dev.comuta.platform.audit.AuditedRead;
import dev.comuta.platform.idempotency.IdempotencyKey;
import dev.comuta.platform.idempotency.IdempotencyKeys;
import dev.comuta.platform.json.Times;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.Numbers;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import dev.comuta.task.TaskView;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Sessions of a client. */
@Path("/clients/{clientId}/sessions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sessions")
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
    @Operation(
            operationId = "listSessions",
            summary = "List sessions",
            description =
                    "Lists sessions, newest first, and with `open=true` by their last message. A session that gets a message while you read pages by `lastMessage` moves to the first page; `updatedAfter` finds it.")
    public Uni<Page<SessionView>> list(
            @PathParam("clientId") long clientId,
            @BeanParam PageRequest page,
            @QueryParam("endUserId")
                    @Parameter(
                            description = "Only sessions of this end user",
                            schema = @Schema(type = SchemaType.INTEGER))
                    String endUserId,
            @QueryParam("channelId")
                    @Parameter(
                            description = "Only sessions of this channel",
                            schema = @Schema(type = SchemaType.INTEGER))
                    String channelId,
            @QueryParam("userId")
                    @Parameter(
                            description = "Only sessions of this broker",
                            schema = @Schema(type = SchemaType.INTEGER))
                    String userId,
            @QueryParam("sessionType")
                    @Parameter(
                            description = "Only sessions of this kind",
                            schema = @Schema(implementation = SessionType.class))
                    String sessionType,
            @QueryParam("open")
                    @Parameter(
                            description = "true for open sessions, false for ended ones",
                            schema = @Schema(type = SchemaType.BOOLEAN))
                    String open,
            @QueryParam("handedOff")
                    @Parameter(
                            description = "true for sessions that a person took over, false for the others",
                            schema = @Schema(type = SchemaType.BOOLEAN))
                    String handedOff,
            @QueryParam("createdAfter")
                    @Parameter(
                            description = "Only sessions that began after this time",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
                    String createdAfter,
            @QueryParam("updatedAfter")
                    @Parameter(
                            description =
                                    "Only sessions that began, got a message, were handed off or ended after this time",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
                    String updatedAfter,
            @QueryParam("order")
                    @Parameter(
                            description =
                                    "`newest` and `oldest` sort by id. `lastMessage` needs `open=true`, sorts by the last message, newest first, and covers the 10,000 newest open sessions. The default is `lastMessage` with `open=true`, else `newest`. A cursor is valid for one order.",
                            schema = @Schema(implementation = SessionOrder.class))
                    String order) {
        SessionFilter filter = new SessionFilter(
                Numbers.parseOptional("endUserId", endUserId),
                Numbers.parseOptional("channelId", channelId),
                Numbers.parseOptional("userId", userId),
                sessionType,
                parseBoolean("open", open),
                parseBoolean("handedOff", handedOff),
                Times.parseOptional("createdAfter", createdAfter),
                Times.parseOptional("updatedAfter", updatedAfter));
        return reading.list(clientId, page, filter, order(order, filter));
    }

    @GET
    @Path("/{sessionId}")
    @Requires(Permission.SESSIONS_READ)
    @Operation(operationId = "getSession", summary = "Get a session", description = "Returns a session.")
    public Uni<SessionView> get(@PathParam("clientId") long clientId, @PathParam("sessionId") long sessionId) {
        return reading.get(clientId, sessionId);
    }

    @POST
    @Path("/{sessionId}/close")
    @Requires(Permission.SESSIONS_WRITE)
    @Operation(
            operationId = "closeSession",
            summary = "Close a session",
            description =
                    "Closes a session. The next message of the end user opens another. An answer that the assistant has not finished is discarded, and its replies that wait to be sent become `Cancelada`. Fails when the session is closed already (409).")
    @APIResponse(
            responseCode = "200",
            description = "Closed",
            content = @Content(schema = @Schema(implementation = SessionView.class)))
    public Uni<RestResponse<SessionView>> close(
            @PathParam("clientId") long clientId,
            @PathParam("sessionId") long sessionId,
            @BeanParam IdempotencyKey key) {
        return sessions.close(new SessionRef(clientId, sessionId), keys.once(key, null, RestResponse::ok));
    }

    @POST
    @Path("/{sessionId}/handoff")
    @Requires(Permission.SESSIONS_WRITE)
    @Operation(
            operationId = "handOffSession",
            summary = "Take a session over from the assistant",
            description =
                    "A person answers from now on, and the assistant is silent. An answer that the assistant has not finished is discarded, and its replies that wait to be sent become `Cancelada`. Fails when the session is handed off already or is closed (409).")
    @APIResponse(
            responseCode = "200",
            description = "Taken over",
            content = @Content(schema = @Schema(implementation = SessionView.class)))
    public Uni<RestResponse<SessionView>> handOff(
            @PathParam("clientId") long clientId,
            @PathParam("sessionId") long sessionId,
            @BeanParam IdempotencyKey key) {
        return sessions.handOff(new SessionRef(clientId, sessionId), keys.once(key, null, RestResponse::ok));
    }

    @POST
    @Path("/{sessionId}/release")
    @Requires(Permission.SESSIONS_WRITE)
    @Operation(
            operationId = "releaseSession",
            summary = "Give a session back to the assistant",
            description =
                    "The assistant answers the messages that arrive from now on. A session in which no person takes over or writes for a configured time, 12 hours by default, is given back in the same way. Unanswered earlier messages count as answered by people: their `turnTaskId` is 0. Fails when the session is not handed off or is closed (409).")
    @APIResponse(
            responseCode = "200",
            description = "Given back",
            content = @Content(schema = @Schema(implementation = SessionView.class)))
    public Uni<RestResponse<SessionView>> release(
            @PathParam("clientId") long clientId,
            @PathParam("sessionId") long sessionId,
            @BeanParam IdempotencyKey key) {
        return sessions.release(new SessionRef(clientId, sessionId), keys.once(key, null, RestResponse::ok));
    }

    @GET
    @Path("/{sessionId}/events")
    @Requires(Permission.EVENTS_READ)
    @Operation(
            operationId = "listSessionEvents",
            summary = "List the events of a session",
            description = "Lists events in the order of their ids.")
    public Uni<Page<EventView>> events(
            @PathParam("clientId") long clientId, @PathParam("sessionId") long sessionId, @BeanParam PageRequest page) {
        return reading.events(clientId, sessionId, page);
    }

    @GET
    @Path("/{sessionId}/tasks")
    @Requires(Permission.TASKS_READ)
    @AuditedRead
    @Operation(
            operationId = "listSessionTasks",
            summary = "List the background tasks of a session",
            description =
                    "Lists tasks in the order in which they were requested. Reading by an internal user leaves an entry in the audit.")
    public Uni<Page<TaskView>> tasks(
            @PathParam("clientId") long clientId, @PathParam("sessionId") long sessionId, @BeanParam PageRequest page) {
        return reading.tasks(clientId, sessionId, page);
    }

    private static SessionOrder order(String name, SessionFilter filter) {
        SessionOrder order = SessionOrder.of(name, filter.isOfOpenSessions());
        if (order == SessionOrder.LAST_MESSAGE && !filter.isOfOpenSessions()) {
            throw Problem.invalid("order", "lastMessage needs open=true");
        }
        return order;
    }

    private static Boolean parseBoolean(String field, String text) {
        return switch (text) {
            case null -> null;
            case "true" -> true;
            case "false" -> false;
            default -> throw Problem.invalid(field, "must be true or false");
        };
    }
}
