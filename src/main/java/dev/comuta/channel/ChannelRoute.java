package dev.comuta.channel;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Whose an active number is.
 *
 * @param channelIdentifier the number in E.164
 * @param webhookSecrets those in force, newest first: two during a rotation; possibly none
 * @param credentials what the provider knows the client by, opened; null when the channel has none
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
