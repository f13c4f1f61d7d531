package dev.comuta.session;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A conversation or a call.
 *
 * @param sessionType 'Conversa' or 'Chamada'
 * @param endTime null while it is open
 * @param handedOffAt since when a person answers in place of the assistant; null while none does
 */
@Schema(name = "Session")
public record SessionView(
        long sessionId,
        long clientId,
        long channelId,
        Long userId,
        Long endUserId,
        Long assistantId,
        String liveKitRoomId,
        String sessionType,
        Instant startTime,
        Instant endTime,
        Instant lastMessageAt,
        Instant handedOffAt) {}
