package dev.comuta.channel;

/** tmp. */
public record OutboundChannel(
        long channelId, String provider, String channelIdentifier, String outboundUrl, String webhookSecret) {}
