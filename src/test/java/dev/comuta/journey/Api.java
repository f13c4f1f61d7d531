package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/** The REST API as one caller with one key sees it. */
record Api(URI server, String key) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    /** An answer, with what tests look at. */
    record Answer(int status, Map<String, String> headers, String body) {

        static Answer of(HttpResponse<String> response) {
            Map<String, String> headers = new LinkedHashMap<>();
            response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
            return new Answer(response.statusCode(), headers, response.body());
        }

        JsonObject json() {
            return new JsonObject(body);
        }

        JsonArray items() {
            return json().getJsonArray("items");
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        /** The path that a new thing can be read at. */
        String location() {
            return URI.create(header("location")).getPath();
        }

        Answer expect(int expected) {
            assertEquals(expected, status, body);
            return this;
        }

        /** A problem of this status and the last part of its type. */
        Answer expectProblem(int expected, String type) {
            expect(expected);
            assertEquals("application/problem+json", header("content-type").split(";", 2)[0], body);
            assertEquals("https://comuta.dev/problems/" + type, json().getString("type"));
            assertEquals(expected, json().getInteger("status"));
            return this;
        }
    }

    Answer get(String path) {
        return send("GET", path, null);
    }

    Answer post(String path, JsonObject body, String... headers) {
        return send("POST", path, body == null ? null : body.encode(), headers);
    }

    Answer send(String method, String path, String body, String... headers) {
        return sendAsync(method, path, body, headers).join();
    }

    CompletableFuture<Answer> sendAsync(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (key != null) {
            request.header("authorization", "Bearer " + key);
        }
        if (body != null) {
            request.header("content-type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return HTTP.sendAsync(request.build(), Api::body).thenApply(Answer::of);
    }

    /** The whole text; of a stream, which has no end, nothing. */
    private static BodySubscriber<String> body(ResponseInfo response) {
        boolean endless =
                response.headers().firstValue("content-type").orElse("").startsWith("text/event-stream");
        return endless ? new Endless() : BodyHandlers.ofString().apply(response);
    }

    /** Answers as soon as the headers are there, and hangs up when that has been read. */
    private static final class Endless implements BodySubscriber<String> {

        @Override
        public CompletionStage<String> getBody() {
            return CompletableFuture.completedFuture("");
        }

        @Override
        public void onSubscribe(Flow.Subscription stream) {
            CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(stream::cancel);
        }

        @Override
        public void onNext(List<ByteBuffer> part) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }
}
