package dev.comuta.event;

import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What happened. */
@Schema(name = "Event", description = "Something that happened. `eventType` decides the schema of `eventData`.")
public record EventView(
        @Schema(description = "Id of the event") long eventId,

        @Schema(nullable = true, description = "Client company; null for an event of the platform")
        Long clientId,

        @Schema(nullable = true, description = "Session of the event; null for an event without a session")
        Long sessionId,

        @Schema(implementation = EventType.class, description = "Type of the event")
        String eventType,

        @Schema(nullable = true, description = "Details of the event; null when there are none")
        Map<String, Object> eventData,

        @Schema(description = "Time of the event") Instant timestamp) {}
