package dev.comuta.mass;

import dev.comuta.sandbox.ServerProcess;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends requests to the servers in turn, as a load balancer does, and the next time to the other one when one fails. */
final class Servers implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int MAX_TRIES = 200;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER)
            .build();
    private final List<ServerProcess> servers;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();

    Servers(List<ServerProcess> servers) {
        this.servers = servers;
    }

    /** An answer. */
    record Answer(int status, String body) {

        JsonObject json() {
            return new JsonObject(body);
        }

        @Override
        public String toString() {
            return status + " " + body;
        }
    }

    /** Sends a request once more after every failure of a server, until one of them answers it. */
    Answer send(String path, HttpRequest.Builder request) throws InterruptedException {
        for (int i = 1; i < MAX_TRIES; i++) {
            Answer answer = once(path, request);
            if (answer != null) {
                return answer;
            }
            repeated.incrementAndGet();
            Thread.sleep(PAUSE);
        }
        throw new IllegalStateException("no server answers " + path);
    }

    /** The number of requests that were repeated. */
    int repeated() {
        return repeated.get();
    }

    private Answer once(String path, HttpRequest.Builder request) throws InterruptedException {
        URI server = servers.get(next.getAndIncrement() % servers.size()).baseUrl();
        try {
            HttpResponse<String> response = http.send(
                    request.copy().uri(server.resolve(path)).timeout(ANSWER).build(),
                    HttpResponse.BodyHandlers.ofString());
            boolean mayBeRepeated = response.statusCode() == 429 || response.statusCode() >= 500;
            return mayBeRepeated ? null : new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
