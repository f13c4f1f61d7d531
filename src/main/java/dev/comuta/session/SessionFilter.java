package dev.comuta.session;

/**
 * Which sessions; a null part narrows nothing.
 *
 * @param userId the broker
 * @param sessionType 'Conversa' or 'Chamada'
 * @param handedOff true for those in which a person has the word
 * @param open true for those without an end, false for the ended
 */
record SessionFilter(
        Long endUserId, Long channelId, Long userId, String sessionType, Boolean open, Boolean handedOff) {}
