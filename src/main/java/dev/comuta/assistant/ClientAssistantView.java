package dev.comuta.assistant;

import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An assistant that a client uses. */
@Schema(name = "ClientAssistant")
record ClientAssistantView(
        long clientAssistantId,
        long clientId,
        long assistantId,
        Map<String, Object> configuration,
        Instant createdAt,
        Instant updatedAt) {}
