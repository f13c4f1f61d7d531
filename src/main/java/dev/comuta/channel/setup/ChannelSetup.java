package dev.comuta.channel.setup;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The result of a verification. */
@Schema(name = "ChannelSetup", description = "Whether the number of a channel is proved, and the steps of its set-up.")
record ChannelSetup(
        long channelId,

        @Schema(
                ref = "ChannelStatus",
                description =
                        "State of the channel: `Ativo` once the number was proved, unless it is active at another client")
        String status,

        @Schema(
                nullable = true,
                description = "Why the number is not proved; null when it is",
                examples = "the credentials do not give access to the number at the provider")
        String reason,

        @Schema(description = "The steps, in the order in which they are done")
        List<SetupStep> steps) {}
