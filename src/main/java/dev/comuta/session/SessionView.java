package dev.comuta.session;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A conversation or a call. */
@Schema(name = "Session", description = "A conversation with an end user, or a call.")
public record SessionView(
        @Schema(description = "Id of the session") long sessionId,

        long clientId,

        long channelId,

        @Schema(nullable = true, description = "Broker of the session; null when there is none")
        Long userId,

        @Schema(nullable = true, description = "End user of the session; null when not known")
        Long endUserId,

        @Schema(nullable = true, description = "Assistant that answers; null when people answer")
        Long assistantId,

        @Schema(nullable = true, description = "Room of a call; null when there is none", examples = "sessao-1")
        String liveKitRoomId,

        @Schema(implementation = SessionType.class, description = "Kind of session")
        String sessionType,

        @Schema(description = "When the session began") Instant startTime,

        @Schema(nullable = true, description = "End of the session; null for an open session")
        Instant endTime,

        @Schema(nullable = true, description = "When the last message was stored; null when there is none")
        Instant lastMessageAt,

        @Schema(
                nullable = true,
                description =
                        "Until when WhatsApp accepts free content to the end user: 24 hours after the end user's last message, or 72 hours after one that an advertisement led to. Outside of it only templates may be sent; null when the end user never wrote on this channel. A channel without this rule, as by default one of `Gateway`, ignores it.")
        Instant windowEndsAt,

        @Schema(
                nullable = true,
                description = "When a person took the session over from the assistant; null while no person has")
        Instant handedOffAt) {}
