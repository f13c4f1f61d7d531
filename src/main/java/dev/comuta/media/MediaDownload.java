package dev.comuta.media;

import dev.comuta.media.MediaSource.MediaLocation;
import dev.comuta.media.MediaSource.Redirects;
import dev.comuta.media.MediaSource.RemoteFile;
import dev.comuta.platform.http.HttpAnswer;
import dev.comuta.platform.http.HttpCall;
import dev.comuta.platform.http.HttpDownload;
import dev.comuta.platform.http.OutboundHttp;
import dev.comuta.platform.http.UrlSource;
import dev.comuta.platform.object.IncomingFile;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Downloads files of providers. */
@ApplicationScoped
class MediaDownload {

    private static final int BAD_REQUEST = 400;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /** An address that has expired, or a file that appears later. */
    private static final Set<Integer> NOT_THERE = Set.of(401, 403, 404);

    private final Map<String, MediaSource> sources;
    private final OutboundHttp http;
    private final MediaConfig config;

    MediaDownload(@All List<MediaSource> sources, OutboundHttp http, MediaConfig config) {
        this.sources = sources.stream().collect(Collectors.toMap(MediaSource::provider, Function.identity()));
        this.http = http;
        this.config = config;
    }

    /** A file to download. */
    final class Source {

        private final MediaSource source;
        private final RemoteFile file;

        private Source(MediaSource source, RemoteFile file) {
            this.source = source;
            this.file = file;
        }

        long limit() {
            return source.limit();
        }

        /** Writes the bytes of the file. Asks for its address once more when the first one does not show the file. */
        Uni<Void> copyTo(IncomingFile target) {
            return source.locate(file)
                    .chain(location -> get(location, target))
                    .chain(first -> NOT_THERE.contains(first.answer().status())
                            ? source.locate(file).chain(location -> get(location, target))
                            : Uni.createFrom().item(first))
                    .invoke(MediaDownload::requireSuccess)
                    .replaceWithVoid();
        }

        private Uni<HttpDownload> get(MediaLocation location, IncomingFile target) {
            return MediaDownload.this
                    .get(location, file.clientId(), target)
                    .chain(first -> first.answer().status() == BAD_REQUEST && location.otherForm() != null
                            ? MediaDownload.this.get(location.inOtherForm(), file.clientId(), target)
                            : Uni.createFrom().item(first));
        }
    }

    /** A file of a provider. Fails permanently when no room reads files of this provider. */
    Source from(String provider, RemoteFile file) {
        MediaSource source = sources.get(provider);
        if (source == null) {
            throw new PermanentFailure("no files can be read from this provider");
        }
        return new Source(source, file);
    }

    private Uni<HttpDownload> get(MediaLocation location, long clientId, IncomingFile target) {
        HttpCall call = new HttpCall(
                "GET", location.url(), location.headers(), null, config.fetchTimeLimit(), location.source());
        return http.download(call, config.idleTimeLimit(), target).chain(download -> {
            boolean redirected = REDIRECTS.contains(download.answer().status())
                    && location.redirects().most() > 0;
            return redirected
                    ? get(next(location, download, clientId), clientId, target)
                    : Uni.createFrom().item(download);
        });
    }

    /** Another host gets no credentials, must be one of the provider's, and one that the client's URLs may reach. */
    private static MediaLocation next(MediaLocation location, HttpDownload download, long clientId) {
        if (download.location() == null) {
            throw new PermanentFailure("the file's address redirects nowhere");
        }
        try {
            URI from = URI.create(location.url());
            URI to = from.resolve(download.location());
            Redirects left = location.redirects().next();
            if (isSameHost(from, to)) {
                return new MediaLocation(to.toString(), location.headers(), location.source(), left);
            }
            if (to.getHost() == null || !left.hosts().test(to.getHost().toLowerCase(Locale.ROOT))) {
                throw new PermanentFailure("the file's address redirects to a host that is not the provider's");
            }
            return new MediaLocation(to.toString(), Map.of(), new UrlSource.Client(clientId), left);
        } catch (IllegalArgumentException notAUrl) {
            throw new PermanentFailure("the file's address redirects to no URL");
        }
    }

    private static boolean isSameHost(URI one, URI other) {
        return one.getHost() != null
                && one.getHost().equalsIgnoreCase(other.getHost())
                && one.getPort() == other.getPort()
                && one.getScheme().equalsIgnoreCase(other.getScheme());
    }

    private static void requireSuccess(HttpDownload download) {
        HttpAnswer answer = download.answer();
        if (NOT_THERE.contains(answer.status())) {
            throw new TransientFailure("the file is not at its provider: " + answer.status());
        }
        if (!answer.isSuccess()) {
            throw answer.refusal();
        }
    }
}
