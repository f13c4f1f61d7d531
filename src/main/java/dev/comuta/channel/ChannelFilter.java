package dev.comuta.channel;

/** Conditions on the channels of a list; null is no condition. */
record ChannelFilter(String channelType, String channelIdentifier, String provider, String status) {}
