package dev.comuta.event;

import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What happened. sessionId is null when it happened in none. */
@Schema(name = "Event")
public record EventView(
        long eventId,
        Long clientId,
        Long sessionId,
        String eventType,
        Map<String, Object> eventData,
        Instant timestamp) {}
