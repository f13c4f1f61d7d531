package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server that takes every webhook and answers each alike. */
final class PostedWebhooks implements AutoCloseable {

    private final BlockingQueue<Webhook> taken = new LinkedBlockingQueue<>();
    private final HttpServer http;
    private volatile int status = 200;
    private volatile String body = "{}";

    PostedWebhooks(Vertx vertx) {
        http = vertx.createHttpServer(
                new HttpServerOptions().setHost("127.0.0.1").setPort(0));
        Waiting.on(http.requestHandler(request -> request.body().onSuccess(bytes -> {
                    taken.add(new Webhook(
                            request.path(), bytes.toString(), String.valueOf(request.getHeader("x-twilio-signature"))));
                    request.response().setStatusCode(status).end(body);
                }))
                .listen());
    }

    /** One webhook as received. */
    record Webhook(String path, String body, String twilioSignature) {}

    URI url() {
        return URI.create("http://127.0.0.1:" + http.actualPort());
    }

    void answer(int newStatus, String newBody) {
        status = newStatus;
        body = newBody;
    }

    /** The next webhook, which must have this path; waits for it. */
    Webhook next(String path) {
        try {
            Webhook webhook = taken.poll(10, TimeUnit.SECONDS);
            if (webhook == null || !webhook.path().equals(path)) {
                throw new AssertionError("expected a webhook at " + path + ", got " + webhook);
            }
            return webhook;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The body of the next webhook. */
    JsonNode taken(String path) {
        return Json.read(next(path).body());
    }

    @Override
    public void close() {
        Waiting.on(http.close());
    }
}
