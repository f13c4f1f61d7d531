package dev.comuta.channel;

import java.util.List;

/** tmp. */
public record ChannelRoute(
        long channelId,
        long clientId,
        String channelType,
        String channelIdentifier,
        String provider,
        List<String> webhookSecrets) {}
