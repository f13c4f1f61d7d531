package dev.comuta.channel;

/**
 * Conditions on the channels of a list; null is no condition.
 *
 * @param numberKey key of the number
 */
record ChannelFilter(String channelType, String numberKey, String provider, String status) {}
