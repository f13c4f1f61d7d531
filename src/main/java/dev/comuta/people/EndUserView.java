package dev.comuta.people;

import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An end user: whom the client talks to.
 *
 * @param erasedAt since when nothing but the id is known; null while more is
 */
@Schema(name = "EndUser")
record EndUserView(
        long endUserId,
        long clientId,
        Long userId,
        String name,
        String email,
        String phoneNumber,
        Map<String, Object> additionalInfo,
        String status,
        Instant createdAt,
        Instant updatedAt,
        Instant erasedAt) {}
