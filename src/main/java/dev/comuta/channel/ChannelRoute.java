package dev.comuta.channel;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * The channel and the client of an active number.
 *
 * @param channelIdentifier the number in E.164
 * @param webhookSecrets the valid secrets, the newest first: two during the overlap of a rotation, possibly none
 * @param credentials the valid credentials at the provider, decrypted; null when the channel has none
 */
public record ChannelRoute(
        ChannelRef ref,
        ChannelType channelType,
        String channelIdentifier,
        Provider provider,
        List<String> webhookSecrets,
        JsonObject credentials) {

    @Override
    public String toString() {
        return "ChannelRoute[" + ref + "]";
    }
}
