package dev.comuta.channel;

/** A channel of a client. */
public record ChannelRef(long clientId, long channelId) {}
