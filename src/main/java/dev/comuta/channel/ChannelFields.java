package dev.comuta.channel;

import dev.comuta.platform.rest.OneLine;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The fields of a channel that a caller may write. */
@Schema(description = "A channel: a number under which a client is reached.")
record ChannelFields(
        @OneLine
        @NotNull
        @Schema(
                ref = "ChannelType",
                description = "Type of channel, one that the provider carries",
                examples = "WhatsApp")
        String channelType,

        @OneLine
        @NotBlank
        @Size(max = 40)
        @Schema(
                description =
                        "Phone number with its country code, with or without `+`; stored and returned with `+` and without separators",
                examples = "+5511999999999")
        String channelIdentifier,

        @Pattern(regexp = ChannelStatus.PATTERN)
        @Schema(
                description =
                        "Status. `Ativo` by default; null restores the default. With a client key a number stays `Pendente` until it is proved.")
        String status,

        @OneLine
        @Schema(
                ref = "Provider",
                description = "Provider of the number. By default the configured one; null restores the default.")
        String provider,

        @Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9_.:+-]*", message = "must have only letters, digits and _ . : + -")
        @Size(max = 200)
        @Schema(
                description =
                        "The provider's own id of the number, for example `phone_number_id` at Meta, which has digits only")
        String providerId,

        @OneLine
        @Size(max = 2000)
        @Schema(
                description =
                        "URL to which outgoing messages are posted when the provider is `Gateway`, without a query: it is returned, so it must contain no secret; the webhook secret of the channel signs each request",
                examples = "https://gateway.example.com/messages")
        String outboundUrl,

        @OneLine
        @Size(max = 200)
        @Schema(
                description =
                        "Name of the SIP trunk of a voice channel; at LiveKit the id of its outbound trunk (`ST_…`)",
                examples = "Trunk_X")
        String sipTrunkId,

        @Schema(description = "Internal user who becomes the broker of new end users of this channel")
        Long defaultUserId,

        @Schema(description = "Assistant that answers on this channel, an assistant of the client")
        Long assistantId,

        @Valid @Schema(description = "Behavior of the channel; null restores the configured one")
        ChannelSettings settings,

        @Size(max = 20)
        @Schema(
                writeOnly = true,
                description =
                        "Credentials at the provider: `accessToken` and `businessAccountId` (the WhatsApp Business Account, which templates need) for Meta, and for an app of your own `appSecret`, `verifyToken` and, during a rotation, `previousAppSecret`; `accountSid`, `authToken` and, during a rotation, `previousAuthToken` for Twilio; `url` (the https URL of the server), `apiKey`, `apiSecret` and, during a rotation, `previousApiSecret` for LiveKit, and for its recordings a bucket of your own: `recordingBucket`, `recordingRegion`, `recordingAccessKey`, `recordingSecret` and, unless it is at AWS, `recordingEndpoint`. A former secret is valid until `previousUntil`, a time at most 30 days from now; one day after it was set when left out. They are stored encrypted and never returned.")
        Map<String, Object> credentials) {

    /** A copy with a status, a provider and credentials. */
    ChannelFields completed(String newStatus, String newProvider, Map<String, Object> newCredentials) {
        return new ChannelFields(
                channelType,
                channelIdentifier,
                newStatus,
                newProvider,
                providerId,
                outboundUrl,
                sipTrunkId,
                defaultUserId,
                assistantId,
                settings,
                newCredentials);
    }

    /** {@return a credential, or null when it is missing or no text} */
    String credential(String name) {
        return credentials != null && credentials.get(name) instanceof String text ? text : null;
    }

    /** A copy with a status. */
    ChannelFields withStatus(String newStatus) {
        return completed(newStatus, provider, credentials);
    }

    @Override
    public String toString() {
        return "ChannelFields[channelType=" + channelType + ", provider=" + provider + "]";
    }
}
