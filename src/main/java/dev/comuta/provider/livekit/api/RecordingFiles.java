package dev.comuta.provider.livekit.api;

import dev.comuta.platform.http.HttpAnswer;
import dev.comuta.platform.http.HttpCall;
import dev.comuta.platform.http.OutboundHttp;
import dev.comuta.platform.http.UrlSource;
import dev.comuta.platform.object.S3Request;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.util.Map;

/** The files that LiveKit servers write to the buckets of clients. */
@ApplicationScoped
public class RecordingFiles {

    private static final int NOT_FOUND = 404;

    private final OutboundHttp http;
    private final LiveKitConfig config;
    private final Clock clock;

    RecordingFiles(OutboundHttp http, LiveKitConfig config, Clock clock) {
        this.http = http;
        this.config = config;
        this.clock = clock;
    }

    /** The headers with which a file is read; none for a URL that is not in the bucket of the account. */
    public Map<String, String> toRead(LiveKitAccount account, String url) {
        RecordingBucket bucket = account.recordings();
        return bucket == null || !bucket.has(url) ? Map.of() : headers("GET", bucket, url);
    }

    /** Deletes a file in the bucket of the account. One that is not there, or an account without a bucket, is a success. */
    public Uni<Void> delete(LiveKitAccount account, String path) {
        RecordingBucket bucket = account.recordings();
        if (bucket == null) {
            return Uni.createFrom().voidItem();
        }
        String url = bucket.urlOf(path);
        HttpCall call = new HttpCall(
                "DELETE",
                url,
                headers("DELETE", bucket, url),
                null,
                config.requestTimeLimit(),
                new UrlSource.Client(account.clientId()));
        return http.exchange(call).invoke(RecordingFiles::requireDeleted).replaceWithVoid();
    }

    private static void requireDeleted(HttpAnswer answer) {
        if (!answer.isSuccess() && answer.status() != NOT_FOUND) {
            throw answer.refusal();
        }
    }

    private Map<String, String> headers(String method, RecordingBucket bucket, String url) {
        return S3Request.headers(method, URI.create(url), bucket.key(), clock.instant());
    }
}
