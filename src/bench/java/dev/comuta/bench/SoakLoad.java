package dev.comuta.bench;

import dev.comuta.sandbox.ServerProcess;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Messages at a steady rate, to the servers in turn. A message that is not accepted is delivered once more. */
final class SoakLoad implements AutoCloseable {

    private static final int ANSWER_MILLIS = 5_000;
    private static final int RETRY_MILLIS = 1_000;
    private static final double NANOS = 1e9;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient http = vertx.createHttpClient(
            new HttpClientOptions().setMaxPoolSize(Settings.CONNECTIONS).setConnectTimeout(ANSWER_MILLIS));
    private final List<URI> servers;
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private Contacts contacts;
    private double perSecond;
    private long startedAt;
    private long sent;
    private long timer;
    private int turn;

    SoakLoad(List<ServerProcess> servers) {
        this.servers = servers.stream().map(ServerProcess::baseUrl).toList();
    }

    /** The messages of a soak. */
    record Counts(long accepted, long refused, long answered) {}

    void begin(Contacts senders, double rate) {
        vertx.runOnContext(v -> {
            contacts = senders;
            perSecond = rate;
            startedAt = System.nanoTime();
            timer = vertx.setPeriodic(1, tick -> sendDue());
        });
    }

    /** An answer has arrived. */
    void answered() {
        answered.incrementAndGet();
    }

    void end() {
        vertx.runOnContext(v -> vertx.cancelTimer(timer));
    }

    Counts counts() {
        return new Counts(accepted.get(), refused.get(), answered.get());
    }

    private void sendDue() {
        while (sent / perSecond < (System.nanoTime() - startedAt) / NANOS) {
            int contact = contacts.first() + (int) (sent % contacts.count());
            sent++;
            Channel channel = contacts.channelOf(contact);
            String body = Dialect.GATEWAY.body(contact, channel);
            deliver(Dialect.GATEWAY.signature(channel, body), body);
        }
    }

    /** A redelivery has the same id. */
    private void deliver(Map<String, String> signature, String body) {
        RequestOptions options = new RequestOptions()
                .setAbsoluteURI(servers.get(turn++ % servers.size()) + Dialect.GATEWAY.path())
                .setMethod(HttpMethod.POST)
                .putHeader("content-type", "application/json")
                .setTimeout(ANSWER_MILLIS);
        signature.forEach(options::putHeader);
        http.request(options)
                .compose(request -> request.send(Buffer.buffer(body)))
                .compose(response -> response.body().map(all -> response.statusCode()))
                .onComplete(answer -> {
                    if (answer.succeeded() && answer.result() == 200) {
                        accepted.incrementAndGet();
                    } else {
                        refused.incrementAndGet();
                        vertx.setTimer(RETRY_MILLIS, retry -> deliver(signature, body));
                    }
                });
    }

    @Override
    public void close() {
        vertx.close();
    }
}
