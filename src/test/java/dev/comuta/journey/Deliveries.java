package dev.comuta.journey;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Sends webhooks as carriers do: each is repeated until a server accepts it, a few times. */
final class Deliveries implements AutoCloseable {

    private static final int MAX_REPEATS = 60;
    private static final int PAUSE_MILLIS = 250;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();

    /**
     * Sends until it is accepted; fails when no attempt is, and at once when a server refuses it.
     *
     * @param server the server that gets an attempt, by its number from 0 on
     */
    CompletableFuture<Void> send(SignedDelivery delivery, IntFunction<URI> server) {
        sent.incrementAndGet();
        return attempt(delivery, server, 0);
    }

    private CompletableFuture<Void> attempt(SignedDelivery delivery, IntFunction<URI> server, int number) {
        URI base = server.apply(number);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(base.toString().replaceFirst("/+$", "") + delivery.path()))
                .timeout(Duration.ofSeconds(15))
                .POST(HttpRequest.BodyPublishers.ofString(delivery.body()));
        if (!delivery.headers().containsKey("content-type")) {
            request.header("content-type", "application/json");
        }
        delivery.headers().forEach(request::header);
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .handle((response, failure) -> failure == null ? response.statusCode() : 0)
                .thenCompose(status -> status / 100 == 2
                        ? CompletableFuture.completedFuture(null)
                        : again(delivery, server, number, status));
    }

    private CompletableFuture<Void> again(SignedDelivery delivery, IntFunction<URI> server, int number, int status) {
        if (number >= MAX_REPEATS || status / 100 == 4) {
            return CompletableFuture.failedFuture(
                    new AssertionError(status + " after " + number + " repeats: " + delivery.body()));
        }
        repeated.incrementAndGet();
        return CompletableFuture.supplyAsync(
                        () -> number, CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS))
                .thenCompose(before -> attempt(delivery, server, before + 1));
    }

    /** How many webhooks there were. */
    int sent() {
        return sent.get();
    }

    /** How many attempts were not accepted. */
    int repeated() {
        return repeated.get();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
