package dev.comuta.channel;

import dev.comuta.platform.webhook.StandardWebhook;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A new webhook secret of a channel. The previous one stays valid until its overlap ends. */
@Schema(
        name = "WebhookSecret",
        description = "A new webhook secret of a channel. The previous one stays valid until the overlap ends.")
record WebhookSecret(
        @Schema(
                description = "The new secret: `whsec_` and base64. It is returned only once, in this response.",
                examples = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        String webhookSecret,

        @Schema(description = "When the previous secret expires. It is accepted at most one second longer.")
        Instant previousValidUntil) {

    /** A new secret; the previous one is valid until the overlap from this time on has ended. */
    static WebhookSecret replacing(Instant now, int overlapSeconds) {
        return new WebhookSecret(StandardWebhook.newSecret(), now.plusSeconds(overlapSeconds));
    }
}
