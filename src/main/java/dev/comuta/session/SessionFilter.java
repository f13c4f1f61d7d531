package dev.comuta.session;

/**
 * A filter of sessions; a null field matches every session.
 *
 * @param userId the broker
 * @param sessionType 'Conversa' or 'Chamada'
 * @param handedOff true for sessions that a person took over, false for the others
 * @param open true for open sessions, false for ended ones
 */
record SessionFilter(
        Long endUserId, Long channelId, Long userId, String sessionType, Boolean open, Boolean handedOff) {}
