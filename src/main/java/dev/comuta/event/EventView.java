package dev.comuta.event;

import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An event. sessionId is null when it belongs to no session. */
@Schema(name = "Event")
public record EventView(
        long eventId,
        Long clientId,
        Long sessionId,
        String eventType,
        Map<String, Object> eventData,
        Instant timestamp) {}
