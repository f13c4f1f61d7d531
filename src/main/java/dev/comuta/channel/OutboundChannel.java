package dev.comuta.channel;

import io.vertx.core.json.JsonObject;

/**
 * How to send from a channel.
 *
 * @param providerId the provider's own id of the number; may be null
 * @param channelIdentifier the number in E.164
 * @param outboundUrl where 'Gateway' posts to; may be null
 * @param webhookSecret signs what 'Gateway' posts; null when the row was written without one
 * @param credentials what the provider wants to see, opened; null when the channel has none
 */
public record OutboundChannel(
        ChannelRef ref,
        Provider provider,
        String providerId,
        String channelIdentifier,
        String outboundUrl,
        String webhookSecret,
        JsonObject credentials) {

    @Override
    public String toString() {
        return "OutboundChannel[" + ref + ", provider=" + provider.stored() + "]";
    }
}
