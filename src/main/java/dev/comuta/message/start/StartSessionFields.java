package dev.comuta.message.start;

import dev.comuta.message.content.Content;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.OneLine;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A conversation that the company starts. */
@Schema(description = "The first message of a conversation, its channel and its recipient.")
record StartSessionFields(
        @NotNull @Positive @Schema(description = "Channel from which the message is sent")
        Long channelId,

        @Positive
        @Schema(nullable = true, description = "End user who gets the message; null to name a phone number instead")
        Long endUserId,

        @OneLine
        @Size(max = 40)
        @Schema(
                nullable = true,
                description =
                        "Phone number of the recipient with its country code. An end user who is not known yet is added. Required without `endUserId`, and ignored with it.",
                examples = "+5511999999999")
        String phoneNumber,

        @OneLine
        @Size(max = 200)
        @Schema(
                nullable = true,
                description = "Name of an end user who is added; null when not known",
                examples = "Maria Silva")
        String name,

        @NotNull
        @Valid
        @Schema(
                description =
                        "The first message: a template, or inside of the window after a message of the end user any content that the provider supports")
        Content content) {

    /** The field that names the recipient. */
    String recipientField() {
        return endUserId == null ? "phoneNumber" : "endUserId";
    }

    /** Fails as invalid when no recipient is named. */
    void requireRecipient() {
        if (endUserId == null && phoneNumber == null) {
            throw Problem.invalid("endUserId", "or phoneNumber is required");
        }
    }
}
