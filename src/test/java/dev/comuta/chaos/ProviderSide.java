package dev.comuta.chaos;

import dev.comuta.chaos.ChaosPlan.Due;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Delivers as providers do: at the planned times, with retries at growing intervals until a 2xx answer, and alternating
 * between the servers as a load balancer would.
 */
final class ProviderSide implements AutoCloseable {

    private static final int TICK_MILLIS = 5;
    private static final int ANSWER_MILLIS = 5_000;
    private static final long FIRST_RETRY_MILLIS = 500;
    private static final long MAX_RETRY_MILLIS = 8_000;
    private static final int CONNECTIONS = 200;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient http = vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(ANSWER_MILLIS).setMaxPoolSize(CONNECTIONS));
    private final Promise<Void> done = Promise.promise();
    private final Envelope.Maker envelopes;
    private final List<URI> servers;
    private final Journal journal;
    private Deque<Due> waiting;
    private long startedAt;
    private int nextServer;
    private int open;

    ProviderSide(Envelope.Maker envelopes, List<URI> servers, Journal journal) {
        this.envelopes = envelopes;
        this.servers = servers;
        this.journal = journal;
    }

    /** Starts the deliveries. */
    void deliver(List<Due> deliveries) {
        vertx.runOnContext(v -> {
            waiting = new ArrayDeque<>(deliveries);
            open = deliveries.size();
            startedAt = System.nanoTime();
            vertx.setPeriodic(TICK_MILLIS, tick -> sendDue());
        });
    }

    /** Waits until every delivery is accepted; false after the timeout. */
    boolean allAccepted(long seconds) {
        try {
            done.future().toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (Exception late) {
            return false;
        }
    }

    private void sendDue() {
        long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt);
        while (!waiting.isEmpty() && waiting.peek().atMillis() <= now) {
            send(waiting.remove().delivery(), FIRST_RETRY_MILLIS);
        }
    }

    private void send(Delivery delivery, long retryMillis) {
        journal.sent(delivery, System.nanoTime());
        post(delivery).onComplete(answer -> {
            if (answer.succeeded() && answer.result() / 100 == 2) {
                journal.accepted(delivery, System.nanoTime());
                completeOne();
            } else {
                journal.refused();
                vertx.setTimer(retryMillis, timer -> send(delivery, Math.min(2 * retryMillis, MAX_RETRY_MILLIS)));
            }
        });
    }

    private Future<Integer> post(Delivery delivery) {
        URI server = servers.get(nextServer++ % servers.size());
        Envelope envelope = envelopes.of(delivery);
        RequestOptions options = new RequestOptions()
                .setAbsoluteURI(server + delivery.route().path())
                .setMethod(HttpMethod.POST)
                .setTimeout(ANSWER_MILLIS);
        envelope.headers().forEach(options::putHeader);
        return http.request(options)
                .compose((HttpClientRequest request) -> request.send(Buffer.buffer(envelope.body())))
                .compose(response -> response.body().map(body -> response.statusCode()));
    }

    private void completeOne() {
        open--;
        if (open == 0) {
            done.tryComplete();
        }
    }

    @Override
    public void close() {
        vertx.close();
    }
}
