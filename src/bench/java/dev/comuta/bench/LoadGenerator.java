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
import java.util.function.Function;

/** Sends prepared requests over a fixed number of connections, all on one thread. */
final class LoadGenerator implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final NetClient sockets = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
    private final Context loop = vertx.getOrCreateContext();
    private final URI server;
    private Sink sink;

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

    /** The same over so many connections that no request waits for one. */
    Measured inACrowd(double perSecond, Buffer[] requests, Duration time) throws InterruptedException {
        LoadRound round = new LoadRound(vertx, requests, time, (long) (1e9 / perSecond));
        return run(round, Settings.CROWD, round::run);
    }

    URI server() {
        return server;
    }

    /** Opens the sink on this thread: it costs little, and needs no lock. */
    Sink openSink() throws InterruptedException {
        sink = Sink.open(vertx);
        return sink;
    }

    /** Conversations whose answers come to the sink. Measures those of the first flow. */
    Measured converse(Duration time, Flow... flows) throws InterruptedException {
        ConversationRound round = new ConversationRound(vertx, List.of(flows), time);
        sink.tell(round::told);
        run(round, Settings.CONNECTIONS, round::run);
        return flows[0].measured(time);
    }

    private Measured run(LoadRound round) throws InterruptedException {
        return run(round, Settings.CONNECTIONS, round::run);
    }

    private <T> T run(Line.Listener round, int connections, Function<List<Line>, Future<T>> running)
            throws InterruptedException {
        Promise<T> done = Promise.promise();
        vertx.exceptionHandler(round::fail);
        loop.runOnContext(now -> connect(round, connections).compose(running).onComplete(done));
        try {
            return done.future().toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new BenchFailure("The load could not be sent: " + e);
        }
    }

    private Future<List<Line>> connect(Line.Listener round, int connections) {
        List<Future<Line>> lines = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            lines.add(sockets.connect(server.getPort(), server.getHost()).map(socket -> new Line(socket, round)));
        }
        return Future.all(lines).map(all -> all.list());
    }

    @Override
    public void close() {
        vertx.close();
    }
}
