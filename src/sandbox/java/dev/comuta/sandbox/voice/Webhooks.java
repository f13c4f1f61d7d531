package dev.comuta.sandbox.voice;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Sends the requests of one carrier to the server, and remembers them. */
final class Webhooks implements AutoCloseable {

    private static final int REMEMBERED = 200_000;
    private static final long BACK_OFF = 200;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Deque<SentWebhook> sent = new ArrayDeque<>();
    private volatile CallbackFaults faults = CallbackFaults.none();

    void faults(CallbackFaults newFaults) {
        faults = newFaults;
    }

    /** Everything that was sent, oldest first. */
    List<SentWebhook> sent() {
        synchronized (sent) {
            return List.copyOf(sent);
        }
    }

    void clear() {
        synchronized (sent) {
            sent.clear();
        }
    }

    /** Asks for a document and waits for it. */
    Answer ask(Webhook webhook) {
        return attempt(webhook, 0)
                .thenApply(answer -> remember(webhook, true, answer))
                .join();
    }

    /**
     * The answer to a request.
     *
     * @param status 0 when the server was unreachable, -1 when it did not answer in time
     */
    record Answer(int status, String contentType, String body) {

        boolean isOk() {
            return status >= 200 && status < 300;
        }
    }

    /** Sends a callback. The next one of the same call does not wait for its answer. */
    void notify(Webhook webhook) {
        int copies = faults.copies();
        if (copies == 0) {
            remember(new SentWebhook(
                    Instant.now(), webhook.callSid(), false, webhook.url(), webhook.body(), 0, "", true));
        }
        for (int i = 0; i < copies; i++) {
            Duration delay = faults.delay();
            Supplier<CompletableFuture<Answer>> send = () -> attempt(webhook, 0);
            var _ = (delay.isZero() ? send.get() : later(delay.toMillis(), send))
                    .thenAccept(answer -> remember(webhook, false, answer));
        }
    }

    private CompletableFuture<Answer> attempt(Webhook webhook, int repeats) {
        return http.sendAsync(webhook.request(), HttpResponse.BodyHandlers.ofString())
                .handle(Webhooks::answer)
                .thenCompose(answer ->
                        repeats < webhook.rules().repeats() && webhook.rules().repeat(answer.status())
                                ? later(BACK_OFF * (repeats + 1), () -> attempt(webhook, repeats + 1))
                                : CompletableFuture.completedFuture(answer));
    }

    private static Answer answer(HttpResponse<String> response, Throwable failure) {
        if (failure == null) {
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("content-type").orElse(""),
                    response.body());
        }
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        boolean late = cause instanceof HttpTimeoutException && !(cause instanceof HttpConnectTimeoutException);
        return new Answer(late ? -1 : 0, "", cause instanceof IOException ? String.valueOf(cause.getMessage()) : "");
    }

    private static CompletableFuture<Answer> later(long millis, Supplier<CompletableFuture<Answer>> work) {
        return CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
                .thenCompose(waited -> work.get());
    }

    private Answer remember(Webhook webhook, boolean isDocument, Answer answer) {
        remember(new SentWebhook(
                Instant.now(),
                webhook.callSid(),
                isDocument,
                webhook.url(),
                webhook.body(),
                answer.status(),
                answer.body(),
                false));
        return answer;
    }

    private void remember(SentWebhook one) {
        synchronized (sent) {
            sent.addLast(one);
            if (sent.size() > REMEMBERED) {
                sent.removeFirst();
            }
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
