package dev.comuta.conversation;

/**
 * Which sessions; a null part narrows nothing.
 *
 * @param open true for those without an end, false for the ended
 */
record SessionFilter(Long endUserId, Long channelId, Boolean open) {}
