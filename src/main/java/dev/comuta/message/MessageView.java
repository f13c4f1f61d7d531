package dev.comuta.message;

import dev.comuta.message.MessageChanges.Reaction;
import dev.comuta.message.content.AudioTranscript;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.DeliveryReport;
import dev.comuta.message.content.Referral;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A message of a session. */
@Schema(name = "Message", description = "A message of a session.")
public record MessageView(
        @Schema(description = "Id of the message") long messageId,

        long sessionId,

        @Schema(implementation = SenderType.class, description = "Sender of the message")
        String senderType,

        @Schema(
                nullable = true,
                description =
                        "Internal user who wrote the message; null when no internal user did, or it was sent with a key that belongs to none")
        Long senderUserId,

        @Schema(
                description =
                        "Content of the message, with its latest text; without text and file after retention or erasure removed them")
        Content content,

        @Schema(
                nullable = true,
                description =
                        "What was said in the audio file, by its newest transcript; null for other content, and while there is none")
        AudioTranscript transcript,

        @Schema(description = "When the message was stored") Instant timestamp,

        @Schema(
                nullable = true,
                description =
                        "When the end user sent the message, according to the provider; null when the provider does not report it or reports an impossible time")
        Instant sentAt,

        @Schema(
                nullable = true,
                description =
                        "The provider's id of the message, or of its first part that has one when the text was sent in parts; null while an outgoing message has none, and after erasure",
                examples = "wamid.HBgN")
        String providerMessageId,

        @Schema(
                nullable = true,
                description = "`providerMessageId` of the message that this one replies to; null when it is no reply",
                examples = "wamid.HBgN")
        String replyTo,

        @Schema(description = "Whether the end user forwarded the message from another chat")
        boolean forwarded,

        @Schema(
                nullable = true,
                description = "The provider's id of the group in which the message was written; null outside of groups")
        String groupId,

        @Schema(nullable = true, description = "The advertisement or post that led to the message; null for none")
        Referral referral,

        @Schema(
                description =
                        "Reactions to the message: the latest one of each sender, or of each sender to each part of a text that was sent in parts")
        List<Reaction> reactions,

        @Schema(nullable = true, description = "When the sender last edited the message; null when it was not edited")
        Instant editedAt,

        @Schema(description = "Texts of the message before the last edit, oldest first; a null is an absent text")
        List<String> previousTexts,

        @Schema(nullable = true, description = "When the sender revoked the message; null when it was not revoked")
        Instant revokedAt,

        @Schema(
                implementation = MessageStatus.class,
                nullable = true,
                description = "Delivery status of an outgoing message; null for a message of the end user")
        String status,

        @Schema(
                nullable = true,
                description =
                        "What the provider reported about the delivery: price, conversation, error; null when nothing. Of a text that was sent in parts, the report about the first part that has one, and the error of the first part that failed.")
        DeliveryReport delivery,

        @Schema(
                nullable = true,
                description =
                        "What the caller heard of a message that was spoken in a call, when it was interrupted: a begin of its text, or an empty text. Null when it was not interrupted, and outside of calls.",
                examples = "Temos três")
        String heard,

        @Schema(
                nullable = true,
                description =
                        "For a message of an end user, the turn of the assistant that answered it: 0 when no turn has to answer it, null for an unanswered message. For a message of an assistant, the turn that wrote it. Null for a message of an internal user.")
        Long turnTaskId) {}
