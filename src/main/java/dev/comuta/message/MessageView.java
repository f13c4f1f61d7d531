package dev.comuta.message;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A message of a session. */
@Schema(name = "Message", description = "A message of a session.")
public record MessageView(
        @Schema(description = "Id of the message") long messageId,

        long sessionId,

        @Schema(implementation = SenderType.class, description = "Sender of the message")
        String senderType,

        @Schema(description = "Content of the message; without text and file after retention or erasure removed them")
        Content content,

        @Schema(description = "When the message was stored") Instant timestamp,

        @Schema(
                implementation = MessageStatus.class,
                nullable = true,
                description = "Delivery status of an outgoing message; null for a message of the end user")
        String status,

        @Schema(
                nullable = true,
                description =
                        "For a message of an end user, the turn of the assistant that answered it: 0 when people answer it, null for an unanswered message. For a message of an assistant, the turn that wrote it. Null for a message of an internal user.")
        Long turnTaskId) {}
