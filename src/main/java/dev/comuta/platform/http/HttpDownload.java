package dev.comuta.platform.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.streams.WriteStream;
import java.time.Duration;

/**
 * The response to a download. The body of a 2xx response was written to its target, which is not ended; the body of
 * another response was dropped.
 *
 * @param location of a redirect; may be null
 */
public record HttpDownload(HttpAnswer answer, String location) {

    private static final Buffer NO_BODY = Buffer.buffer();

    /** The target refused a part. */
    static final class TargetFailure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TargetFailure(Throwable cause) {
            super(cause);
        }
    }

    static Future<HttpDownload> read(
            Vertx vertx,
            HttpClientResponse response,
            Duration retryAfter,
            Duration idleTimeLimit,
            WriteStream<Buffer> target) {
        HttpAnswer answer =
                new HttpAnswer(response.statusCode(), retryAfter, response.getHeader("Content-Type"), NO_BODY);
        HttpDownload download = new HttpDownload(answer, response.getHeader("Location"));
        if (!answer.isSuccess()) {
            return Future.succeededFuture(download);
        }
        return new Copy(vertx, response, idleTimeLimit, target).run().map(download);
    }

    /** Copies a body. It ends when no byte arrives for some time. */
    private static final class Copy {

        private final Vertx vertx;
        private final HttpClientResponse response;
        private final long idleMillis;
        private final WriteStream<Buffer> target;
        private final Promise<Void> copied = Promise.promise();
        private long timer;

        Copy(Vertx vertx, HttpClientResponse response, Duration idleTimeLimit, WriteStream<Buffer> target) {
            this.vertx = vertx;
            this.response = response;
            this.idleMillis = idleTimeLimit.toMillis();
            this.target = target;
        }

        Future<Void> run() {
            startTimer();
            response.exceptionHandler(copied::tryFail)
                    .endHandler(end -> copied.tryComplete())
                    .handler(this::write);
            return copied.future().onComplete(done -> vertx.cancelTimer(timer));
        }

        private void write(Buffer part) {
            if (copied.future().isComplete()) {
                return;
            }
            vertx.cancelTimer(timer);
            startTimer();
            target.write(part).onFailure(this::stop);
            if (!copied.future().isComplete() && target.writeQueueFull()) {
                response.pause();
                target.drainHandler(drained -> response.resume());
            }
        }

        private void startTimer() {
            timer = vertx.setTimer(idleMillis, idle -> stop(null));
        }

        private void stop(Throwable failure) {
            boolean stopped = failure == null
                    ? copied.tryFail("no byte arrived in time")
                    : copied.tryFail(new TargetFailure(failure));
            if (stopped) {
                response.request().reset();
            }
        }
    }
}
