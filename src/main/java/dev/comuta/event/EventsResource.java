package dev.comuta.event;

import dev.comuta.platform.rest.Numbers;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.security.Caller;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** Events of a client. */
@Path("/clients/{clientId}/events")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Events")
class EventsResource {

    private final EventReading events;
    private final EventStreams streams;
    private final SecurityIdentity caller;
    private final CurrentVertxRequest http;

    EventsResource(EventReading events, EventStreams streams, SecurityIdentity caller, CurrentVertxRequest http) {
        this.events = events;
        this.streams = streams;
        this.caller = caller;
        this.http = http;
    }

    @GET
    @Requires(Permission.EVENTS_READ)
    @Operation(
            operationId = "listEvents",
            summary = "List events",
            description =
                    "Lists events in the order in which readers see them, so that no page misses one. With `sessionId` the events of one session.")
    public Uni<Page<EventView>> list(
            @PathParam("clientId") long clientId,
            @BeanParam PageRequest page,
            @QueryParam("eventType")
                    @Parameter(
                            description = "Only events of this type",
                            schema = @Schema(implementation = EventType.class))
                    String eventType,
            @QueryParam("sessionId")
                    @Parameter(
                            description = "Only events of this session; an unknown session returns an empty page",
                            schema = @Schema(type = SchemaType.INTEGER))
                    String sessionId) {
        Long session = Numbers.parseOptional("sessionId", sessionId);
        return events.list(clientId, page, eventType, session);
    }

    @GET
    @Path("/stream")
    @Requires(Permission.EVENTS_FOLLOW)
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "followEvents",
            summary = "Follow events live",
            description =
                    "Sends events as server-sent events, in the order in which they become visible. Each has the type of the event and an id; a client that reconnects with the last one in `Last-Event-ID`, as browsers do, misses nothing. Without this header the stream starts now. `next` of the list is such an id too. A comment is sent while nothing happens. A client that does not read is disconnected. The stream ends within two seconds when its key is revoked or expires or loses the permission, and after about an hour: reconnect with the last id. 503 when too many streams are open: retry.")
    @APIResponse(
            responseCode = "200",
            description = "A stream of events",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = EventView.class)))
    public Multi<OutboundSseEvent> follow(
            @PathParam("clientId") long clientId,
            @HeaderParam("Last-Event-ID")
                    @Parameter(
                            description =
                                    "Id of the last received event, after which the stream continues. Without this header the stream starts now.")
                    String lastEventId,
            @Context Sse sse) {
        EventCursor after =
                lastEventId == null || lastEventId.isEmpty() ? null : EventCursor.parse("Last-Event-ID", lastEventId);
        return streams.follow(clientId, Caller.of(caller).keyId(), after, new HttpStreamRequest(http.getCurrent()))
                .map(part -> event(sse, part));
    }

    private static OutboundSseEvent event(Sse sse, StreamPart part) {
        OutboundSseEvent.Builder event = sse.newEventBuilder().id(part.cursor().text());
        return part.event() == null
                ? event.comment("alive").build()
                : event.name(part.event().eventType())
                        .data(EventView.class, part.event())
                        .build();
    }
}
