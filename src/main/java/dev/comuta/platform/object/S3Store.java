package dev.comuta.platform.object;

import dev.comuta.platform.problem.TransientFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Objects in a store with the API of Amazon S3: one signed request for each call, streamed. It is repeated once when the
 * store has closed the idle connection. The body of a request is a file, whose checksum is signed.
 */
final class S3Store implements ObjectStore {

    private static final int CONNECT_MILLIS = 5000;
    private static final int CONNECTIONS = 64;
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int NO_CONTENT = 204;
    private static final int NOT_FOUND = 404;
    private static final int STORAGE_FULL = 507;

    private final Vertx vertx;
    private final S3Account account;
    private final S3Signature signature;
    private final Clock clock;
    private final HttpClient client;

    S3Store(Vertx vertx, S3Account account, Clock clock) {
        this.vertx = vertx;
        this.account = account;
        this.clock = clock;
        this.signature = new S3Signature(account.accessKey(), account.secretKey(), account.region());
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setMaxPoolSize(CONNECTIONS)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout((int) account.idleTimeLimit().toMillis()));
    }

    @Override
    public Uni<Void> put(String key, Path file, long length, String sha256) {
        return uni(() -> open(file)
                .compose(body -> request(HttpMethod.PUT, key, Map.of(), sha256)
                        .compose(request -> request.putHeader("content-length", Long.toString(length))
                                .send(body)
                                .compose(S3Store::ended))
                        .eventually(() -> body.close()))
                .compose(status -> expect(status, OK))
                .compose(stored -> vertx.fileSystem().delete(file.toString())));
    }

    private Future<AsyncFile> open(Path file) {
        return vertx.fileSystem()
                .open(file.toString(), new OpenOptions().setWrite(false).setCreate(false));
    }

    @Override
    public Uni<ObjectBody> get(String key, long offset, long length) {
        String range = "bytes=" + offset + "-" + (offset + length - 1);
        return uni(() -> request(HttpMethod.GET, key, Map.of("range", range), S3Signature.NO_BODY)
                .compose(request -> request.send().compose(S3Store::body)));
    }

    private static Future<ObjectBody> body(HttpClientResponse response) {
        if (response.statusCode() == PARTIAL) {
            Future<Void> end = response.pause().end();
            return Future.succeededFuture(new ObjectBody(response, () -> close(response, end)));
        }
        return Future.failedFuture(refused(response.statusCode()));
    }

    /** After the end of the response its connection may already have another request. */
    private static void close(HttpClientResponse response, Future<Void> end) {
        if (!end.isComplete()) {
            response.request().reset();
        }
    }

    @Override
    public Uni<Long> head(String key) {
        return uni(() -> request(HttpMethod.HEAD, key, Map.of(), S3Signature.NO_BODY)
                .compose(request -> request.send().compose(S3Store::length)));
    }

    private static Future<Long> length(HttpClientResponse response) {
        return response.statusCode() == NOT_FOUND
                ? Future.succeededFuture()
                : expect(response.statusCode(), OK).map(found -> Long.valueOf(response.getHeader("content-length")));
    }

    @Override
    public Uni<Void> delete(String key) {
        return uni(() -> request(HttpMethod.DELETE, key, Map.of(), S3Signature.NO_BODY)
                .compose(request -> request.send().compose(S3Store::ended))
                .compose(status -> status == NOT_FOUND || status == OK
                        ? Future.<Void>succeededFuture()
                        : expect(status, NO_CONTENT)));
    }

    /** A response is read in the continuation of its request, before a part of it can pass unread. */
    private Future<HttpClientRequest> request(
            HttpMethod method, String key, Map<String, String> headers, String bodySha256) {
        Map<String, String> all = new TreeMap<>(headers);
        all.put("host", account.authority());
        String path = account.path(key);
        Map<String, String> signed = signature.signed(method.name(), path, "", all, bodySha256, clock.instant());
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setSsl(account.isTls())
                .setHost(account.host())
                .setPort(account.port())
                .setURI(path);
        signed.forEach(options::putHeader);
        return client.request(options);
    }

    /** {@return the status of a response, after its body, which is dropped} */
    private static Future<Integer> ended(HttpClientResponse response) {
        return response.end().map(response.statusCode());
    }

    private static Future<Void> expect(int status, int expected) {
        return status == expected ? Future.succeededFuture() : Future.failedFuture(refused(status));
    }

    private static RuntimeException refused(int status) {
        return status == STORAGE_FULL
                ? new StorageFull(null)
                : new TransientFailure("the object store answered " + status);
    }

    private static <T> Uni<T> uni(Supplier<Future<T>> future) {
        return Uni.createFrom()
                .completionStage(() -> future.get().toCompletionStage())
                .onFailure(HttpClosedException.class)
                .retry()
                .atMost(1)
                .onFailure(failure -> !(failure instanceof StorageFull || failure instanceof TransientFailure))
                .transform(failure -> new TransientFailure("the object store did not answer", failure));
    }
}
