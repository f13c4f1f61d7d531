package dev.comuta.channel;

/** Which channels; a null part narrows nothing. */
record ChannelFilter(String channelType, String channelIdentifier, String provider, String status) {}
