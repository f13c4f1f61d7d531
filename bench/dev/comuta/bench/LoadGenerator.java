package dev.comuta.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends prepared requests over a fixed number of connections, all on one thread. */
final class LoadGenerator implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final NetClient sockets = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
    private final Context loop = vertx.getOrCreateContext();
    private final URI server;

    LoadGenerator(URI server) {
        this.server = server;
    }

    /** Closed loop: every connection sends its next request as soon as the last was answered. */
    Measured atFullSpeed(Buffer[] requests, Duration time) throws InterruptedException {
        return run(new LoadRound(vertx, requests, time, 0));
    }

    /** Open loop: requests are due at a steady rate, and latency counts from when each was due. */
    Measured atRate(double perSecond, Buffer[] requests, Duration time) throws InterruptedException {
        return run(new LoadRound(vertx, requests, time, (long) (1e9 / perSecond)));
    }

    private Measured run(LoadRound round) throws InterruptedException {
        Promise<Measured> done = Promise.promise();
        vertx.exceptionHandler(round::fail);
        loop.runOnContext(
                now -> connect(round).compose(lines -> round.run(lines)).onComplete(done));
        try {
            return done.future().toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new BenchFailure("The load could not be sent: " + e);
        }
    }

    private Future<List<Line>> connect(LoadRound round) {
        List<Future<Line>> lines = new ArrayList<>();
        for (int i = 0; i < Settings.CONNECTIONS; i++) {
            lines.add(sockets.connect(server.getPort(), server.getHost()).map(socket -> new Line(socket, round)));
        }
        return Future.all(lines).map(all -> all.list());
    }

    @Override
    public void close() {
        vertx.close();
    }
}
