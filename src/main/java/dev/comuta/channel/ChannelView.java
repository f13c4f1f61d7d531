package dev.comuta.channel;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A channel, without its webhook secret. */
@Schema(name = "Channel", description = "A channel, without its secrets.")
public record ChannelView(
        @Schema(description = "Id of the channel") long channelId,

        long clientId,

        @Schema(ref = "ChannelType", description = "Type of channel")
        String channelType,

        @Schema(description = "Phone number in E.164 form", examples = "+5511999999999")
        String channelIdentifier,

        @Schema(implementation = ChannelStatus.class, description = "State of the channel")
        String status,

        @Schema(ref = "Provider", description = "Provider of the number")
        String provider,

        @Schema(nullable = true, description = "The provider's own id of the number; null when not given")
        String providerId,

        @Schema(
                nullable = true,
                description =
                        "URL to which outgoing messages are posted when the provider is `Gateway`; null when not given",
                examples = "https://gateway.example.com/messages")
        String outboundUrl,

        @Schema(
                nullable = true,
                description = "Name of the SIP trunk of a voice channel; null when not given",
                examples = "Trunk_X")
        String sipTrunkId,

        @Schema(
                nullable = true,
                description =
                        "Internal user who becomes the broker of new end users of this channel; null when not given")
        Long defaultUserId,

        @Schema(nullable = true, description = "Assistant that answers on this channel; null when people answer")
        Long assistantId,

        @Schema(description = "Behavior of the channel, as far as it was set")
        ChannelSettings settings,

        @Schema(implementation = ChannelCondition.class, description = "What the provider reports about the channel")
        String condition,

        @Schema(
                nullable = true,
                description = "The provider's words for the condition; null when it reported none",
                examples = "Meta 190")
        String conditionCause,

        @Schema(nullable = true, description = "When the provider reported the condition; null when it reported none")
        Instant conditionAt,

        Instant createdAt,

        @Schema(nullable = true) Instant updatedAt) {}
