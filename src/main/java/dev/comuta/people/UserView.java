package dev.comuta.people;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An internal user: who works at the client. */
@Schema(name = "User")
record UserView(
        long userId,
        long clientId,
        String userName,
        String userRole,
        String email,
        String phoneNumber,
        String externalUserId,
        String status,
        Instant createdAt,
        Instant updatedAt) {}
