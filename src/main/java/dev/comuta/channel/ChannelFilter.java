package dev.comuta.channel;

/** Which channels; a null part narrows nothing. */
record ChannelFilter(String channelType, String status) {}
