package dev.comuta.channel;

/**
 * A type of channel. The room that brings it declares it as a CDI bean (a static producer field); nothing else lists the
 * types.
 *
 * @param stored the word in CommunicationChannels.ChannelType
 */
public record ChannelType(String stored) {}
