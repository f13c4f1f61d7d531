package dev.comuta.channel;

/**
 * Limits of sending that a channel itself sets.
 *
 * @param messagesPerSecond null for the limit of the provider
 * @param limitsPairs whether messages to one person are limited; null when the provider decides
 * @param hasWindow whether free content is accepted only in the window after a message of the end user; null when the
 *     provider decides
 */
public record ChannelPace(Integer messagesPerSecond, Boolean limitsPairs, Boolean hasWindow) {}
