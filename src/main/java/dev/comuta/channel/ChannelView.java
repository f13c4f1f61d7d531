package dev.comuta.channel;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A channel, without its webhook secret. */
@Schema(name = "Channel")
record ChannelView(
        long channelId,
        long clientId,
        String channelType,
        String channelIdentifier,
        String status,
        String provider,
        String providerId,
        String outboundUrl,
        String sipTrunkId,
        Long defaultUserId,
        Long assistantId,
        Instant createdAt,
        Instant updatedAt) {}
