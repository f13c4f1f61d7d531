package dev.comuta.people;

import dev.comuta.platform.rest.ActivationStatus;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An end user: whom the client talks to. */
@Schema(name = "EndUser", description = "An end user: a person with whom the client talks.")
record EndUserView(
        long endUserId,

        long clientId,

        @Schema(nullable = true, description = "Broker who looks after the end user; null when nobody does")
        Long userId,

        @Schema(nullable = true, description = "Name; null when it is not known", examples = "Maria Silva")
        String name,

        @Schema(
                nullable = true,
                description = "E-mail address; null when it is not known",
                examples = "maria@example.com")
        String email,

        @Schema(
                nullable = true,
                description = "Phone number in E.164 form; null when it is not known",
                examples = "+5511998765432")
        String phoneNumber,

        @Schema(
                nullable = true,
                description = "Anything the client keeps, for example preferences; null when there is nothing",
                examples = "{\"bairro\": \"Pinheiros\"}")
        Map<String, Object> additionalInfo,

        @Schema(implementation = ActivationStatus.class, description = "Whether the end user takes part")
        String status,

        Instant createdAt,

        @Schema(nullable = true) Instant updatedAt,

        @Schema(
                nullable = true,
                description =
                        "When the personal data were erased, after which only the id is known; null while they are not")
        Instant erasedAt) {}
