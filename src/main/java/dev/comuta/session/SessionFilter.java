package dev.comuta.session;

import java.time.Instant;

/**
 * A filter of sessions; a null field matches every session.
 *
 * @param userId the broker
 * @param sessionType 'Conversa' or 'Chamada'
 * @param handedOff true for sessions that a person took over, false for the others
 * @param open true for open sessions, false for ended ones
 * @param createdAfter only sessions that began after this time
 * @param updatedAfter only sessions that changed, or got a message, after this time
 */
record SessionFilter(
        Long endUserId,
        Long channelId,
        Long userId,
        String sessionType,
        Boolean open,
        Boolean handedOff,
        Instant createdAfter,
        Instant updatedAfter) {

    boolean isOfOpenSessions() {
        return Boolean.TRUE.equals(open);
    }
}
