package dev.comuta.assistant;

import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An assistant of the platform's catalogue. */
@Schema(name = "Assistant")
record AssistantView(
        long assistantId,
        String assistantName,
        String specialization,
        String implementationReference,
        Map<String, Object> configuration,
        Instant createdAt,
        Instant updatedAt) {}
