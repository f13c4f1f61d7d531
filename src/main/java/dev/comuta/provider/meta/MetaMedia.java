package dev.comuta.provider.meta;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.media.MediaSource;
import dev.comuta.platform.problem.PermanentFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Files of the Cloud API: a message has the id of a file, the Graph API returns its address for a few minutes, and both
 * are read with the channel's token.
 */
@ApplicationScoped
class MetaMedia implements MediaSource {

    private final MetaApi api;
    private final ChannelDirectory channels;

    MetaMedia(MetaApi api, ChannelDirectory channels) {
        this.api = api;
        this.channels = channels;
    }

    @Override
    public String provider() {
        return MetaProvider.META.stored();
    }

    @Override
    public Uni<MediaLocation> locate(RemoteFile file) {
        String id = file.ref().providerId();
        if (id == null || !id.matches("[0-9]{1,40}")) {
            throw new PermanentFailure("the message names no file");
        }
        return channels.findRoute(file.channelId()).map(MetaMedia::token).chain(token -> api.file(token, id)
                .map(found -> api.location(token, url(found), file.clientId())));
    }

    private static String token(ChannelRoute route) {
        String token = route == null ? null : MetaAccount.tokenIn(route.credentials());
        if (token == null) {
            throw new PermanentFailure(MetaAccount.MISSING);
        }
        return token;
    }

    private static String url(JsonObject found) {
        if (found.getValue("url") instanceof String url) {
            return url;
        }
        throw new PermanentFailure("Meta returned no address of the file");
    }
}
