package dev.comuta.message;

import dev.comuta.message.content.Content;
import dev.comuta.platform.rest.OneLine;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A message from an internal user to the end user of a session. */
@Schema(description = "A message to the end user of a session.")
public record MessageFields(
        @NotNull
        @Valid
        @Schema(description = "The content, of a kind that the provider of the session's channel supports.")
        Content content,

        @OneLine
        @Size(max = 255)
        @Schema(
                nullable = true,
                description =
                        "`messageId` or `providerMessageId` of the message of the session that this one replies to, or the provider's id of a part of it; null when it is no reply. Rejected on a channel of Twilio, which sends no replies.")
        String replyTo) {}
