package dev.comuta.provider.gateway;

import dev.comuta.media.MediaRef;
import dev.comuta.media.MediaSource;
import dev.comuta.platform.http.UrlSource;
import dev.comuta.platform.problem.PermanentFailure;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Files of the Gateway: URLs in its messages, which are read without credentials, as the client's own URLs are. */
@ApplicationScoped
class GatewayMedia implements MediaSource {

    @Override
    public String provider() {
        return GatewayProvider.GATEWAY.stored();
    }

    @Override
    public Uni<MediaLocation> locate(RemoteFile file) {
        MediaRef ref = file.ref();
        return ref.url() == null
                ? Uni.createFrom().failure(new PermanentFailure("the gateway gave no URL"))
                : Uni.createFrom()
                        .item(new MediaLocation(
                                ref.url(), Map.of(), new UrlSource.Client(file.clientId()), Redirects.NONE));
    }
}
