package dev.comuta.channel;

import io.vertx.core.json.JsonObject;

/**
 * The data for sending from a channel.
 *
 * @param providerId the provider's own id of the number; may be null
 * @param channelIdentifier the number in E.164
 * @param sipTrunkId the name of the SIP trunk of a voice channel; may be null
 * @param outboundUrl the URL to which outgoing messages are posted when the provider is 'Gateway'; may be null
 * @param webhookSecret the secret that signs them; null when the row has none
 * @param pace limits of sending that the channel itself sets
 * @param credentials the credentials at the provider, decrypted; null when the channel has none
 */
public record OutboundChannel(
        ChannelRef ref,
        Provider provider,
        String providerId,
        String channelIdentifier,
        String sipTrunkId,
        String outboundUrl,
        String webhookSecret,
        ChannelPace pace,
        JsonObject credentials) {

    @Override
    public String toString() {
        return "OutboundChannel[" + ref + ", provider=" + provider.stored() + "]";
    }
}
