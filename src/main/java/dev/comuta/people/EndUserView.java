package dev.comuta.people;

import dev.comuta.platform.rest.ActivationStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An end user: a person with whom the client talks. */
@Schema(name = "EndUser", description = "An end user: a person with whom the client talks.")
record EndUserView(
        long endUserId,

        long clientId,

        @Schema(nullable = true, description = "Broker of the end user; null when there is none")
        Long userId,

        @Schema(nullable = true, description = "Name; null when unknown", examples = "Maria Silva")
        String name,

        @Schema(nullable = true, description = "E-mail address; null when unknown", examples = "maria@example.com")
        String email,

        @Schema(
                nullable = true,
                description = "Phone number in E.164 form; null when unknown",
                examples = "+5511998765432")
        String phoneNumber,

        @Schema(
                nullable = true,
                description =
                        "Any other data of the client about the end user, for example preferences; null when there is none",
                examples = "{\"bairro\": \"Pinheiros\"}")
        Map<String, Object> additionalInfo,

        @Schema(description = "Tags in the client's own words")
        List<String> tags,

        @Schema(implementation = ActivationStatus.class, description = "Whether the end user is active")
        String status,

        Instant createdAt,

        @Schema(nullable = true) Instant updatedAt,

        @Schema(
                nullable = true,
                description =
                        "The end user into whom this one was merged, who has its sessions, consents and identities; null when it was not merged")
        Long mergedInto,

        @Schema(
                nullable = true,
                description =
                        "When the personal data were erased, after which only the id remains; null while they are stored")
        Instant erasedAt) {}
