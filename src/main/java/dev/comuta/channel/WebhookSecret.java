package dev.comuta.channel;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A new webhook secret of a channel. The previous one stays valid until the next rotation. */
@Schema(
        name = "WebhookSecret",
        description =
                "A new webhook secret of a channel. The previous one stays valid beside it until the next rotation.")
record WebhookSecret(
        @Schema(
                description = "The new secret: `whsec_` and base64. It is returned only once, in this response.",
                examples = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        String webhookSecret) {}
