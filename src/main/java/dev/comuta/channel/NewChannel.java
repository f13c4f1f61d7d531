package dev.comuta.channel;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A new channel with its webhook secret. */
@Schema(name = "NewChannel", description = "A new channel with its webhook secret, which is returned only once.")
record NewChannel(
        @JsonUnwrapped ChannelView channel,

        @Schema(
                description =
                        "Secret that signs webhooks from and to the channel: `whsec_` and base64. It is returned only once, in this response.",
                examples = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        String webhookSecret) {}
