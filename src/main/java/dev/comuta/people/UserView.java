package dev.comuta.people;

import dev.comuta.platform.rest.ActivationStatus;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An internal user: a person who works at the client. */
@Schema(name = "User", description = "An internal user: a person who works at the client.")
record UserView(
        @Schema(description = "Id of the internal user") long userId,

        long clientId,

        @Schema(description = "Name", examples = "João Correia")
        String userName,

        @Schema(implementation = UserRole.class, description = "Role of the user")
        String userRole,

        @Schema(
                nullable = true,
                description = "E-mail address; null when not given",
                examples = "joao@imobiliariaxpto.com")
        String email,

        @Schema(
                nullable = true,
                description = "Phone number in E.164 form; null when not given",
                examples = "+5511988888888")
        String phoneNumber,

        @Schema(
                nullable = true,
                description = "Id of the user in your own system; null when not given",
                examples = "corretor-42")
        String externalUserId,

        @Schema(description = "Whether the user gets a mail when a session is handed over")
        boolean handOverMails,

        @Schema(implementation = ActivationStatus.class, description = "Whether the user is active")
        String status,

        Instant createdAt,

        @Schema(nullable = true) Instant updatedAt) {}
