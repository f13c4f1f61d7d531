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

        @Schema(description = "What the message says; without text and file once retention or erasure removed them")
        Content content,

        @Schema(description = "When the message was stored") Instant timestamp,

        @Schema(
                implementation = MessageStatus.class,
                nullable = true,
                description = "How far an outgoing message has come; null for a message of the end user")
        String status,

        @Schema(
                nullable = true,
                description =
                        "Turn of the assistant that answered this message of an end user, or that wrote this message; 0 when the message was left to people; null while it is unanswered and for messages of internal users")
        Long turnTaskId) {}
