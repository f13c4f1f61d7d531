package dev.comuta.provider.livekit;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.media.MediaSource;
import dev.comuta.platform.http.UrlSource;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.provider.livekit.api.LiveKitAccount;
import dev.comuta.provider.livekit.api.RecordingFiles;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** The files of recordings: in the bucket of the client, whose key signs the request, or where the server says. */
@ApplicationScoped
class LiveKitMedia implements MediaSource {

    private final ChannelDirectory channels;
    private final RecordingFiles files;

    LiveKitMedia(ChannelDirectory channels, RecordingFiles files) {
        this.channels = channels;
        this.files = files;
    }

    @Override
    public String provider() {
        return LiveKitProvider.LIVEKIT.stored();
    }

    @Override
    public Uni<MediaLocation> locate(RemoteFile file) {
        String url = file.ref().url();
        if (url == null) {
            throw new PermanentFailure("the recording has no address");
        }
        return channels.findRoute(file.channelId())
                .map(route -> new MediaLocation(
                        url, files.toRead(account(route), url), new UrlSource.Client(file.clientId()), Redirects.NONE));
    }

    private static LiveKitAccount account(ChannelRoute route) {
        LiveKitAccount account =
                route == null ? null : LiveKitAccount.of(route.ref().clientId(), route.credentials());
        if (account == null) {
            throw new PermanentFailure("the channel has no credentials for LiveKit");
        }
        return account;
    }
}
