package dev.comuta.provider.twilio.relay;

import dev.comuta.call.CallRef;
import dev.comuta.call.talk.Talk;
import dev.comuta.call.talk.Talks;
import dev.comuta.call.talk.Talks.Said;
import dev.comuta.platform.problem.Problem;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Holds the connections of this process. While there are some, one statement every {@link RelayConfig#poll} renews their
 * leases and reads what is to be spoken; never two at once. The statement marks what it returns, so nothing is spoken
 * twice when polls fail. All state is confined to one event loop.
 */
@ApplicationScoped
class RelayHolder {

    private static final Logger LOG = Logger.getLogger(RelayHolder.class);

    /** This process, as the holder of talks. */
    private final UUID id = UUID.randomUUID();

    private final Set<RelayConnection> connections = new LinkedHashSet<>();
    private final CountDownLatch drained = new CountDownLatch(1);
    private final Talks talks;
    private final RelayConfig config;
    private final RelayMetrics metrics;
    private final Clock clock;
    private final Context context;
    private volatile boolean stopping;
    private boolean ticking;
    private boolean polling;

    RelayHolder(Talks talks, RelayConfig config, RelayMetrics metrics, Clock clock, Vertx vertx) {
        this.talks = talks;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
        this.context = ((VertxInternal) vertx).createEventLoopContext();
    }

    UUID id() {
        return id;
    }

    /**
     * Takes the place of a connection that is being opened.
     *
     * @return the action that frees it, to be run once
     * @throws Problem unavailable, when the process stops or has too many
     */
    Runnable acquire() {
        if (stopping) {
            throw Problem.unavailable("the process stops", null);
        }
        if (metrics.open().incrementAndGet() > config.connections()) {
            metrics.open().decrementAndGet();
            throw Problem.unavailable("too many calls are connected", null);
        }
        return metrics.open()::decrementAndGet;
    }

    /**
     * Holds an opened connection until it ends. Called on the socket's context.
     *
     * @param release run when the connection ended
     */
    void hold(ServerWebSocket socket, Talk talk, String accountSid, Runnable release) {
        RelayConnection connection = new RelayConnection(
                socket, context.owner().getOrCreateContext(), context, talk, accountSid, talks, config, metrics, clock);
        socket.textMessageHandler(text -> context.runOnContext(v -> connection.receive(text)));
        socket.binaryMessageHandler(data -> context.runOnContext(v -> connection.receiveBinary()));
        socket.exceptionHandler(failure -> LOG.debugf("call %d: %s", talk.call().callId(), failure.getMessage()));
        socket.closeHandler(end -> context.runOnContext(v -> {
            release.run();
            connections.remove(connection);
            connection.ended();
        }));
        context.runOnContext(v -> add(connection));
    }

    private void add(RelayConnection connection) {
        connections.add(connection);
        if (stopping) {
            connection.drain();
        }
        if (!ticking) {
            ticking = true;
            tick();
        }
    }

    private void tick() {
        long now = clock.millis();
        if (isStopping()) {
            stopping = true;
            List.copyOf(connections).forEach(RelayConnection::drain);
        }
        List.copyOf(connections).forEach(connection -> connection.tick(now));
        poll();
        ticking = !connections.isEmpty();
        if (ticking) {
            context.owner().setTimer(config.poll().toMillis(), timer -> context.runOnContext(v -> tick()));
        } else if (stopping) {
            drained.countDown();
        }
    }

    private void poll() {
        if (polling || connections.isEmpty()) {
            return;
        }
        polling = true;
        List<RelayConnection> asked = List.copyOf(connections);
        talks.poll(id)
                .subscribe()
                .with(
                        turns -> context.runOnContext(v -> deliver(asked, turns)),
                        failure -> context.runOnContext(v -> failed(failure)));
    }

    private void deliver(List<RelayConnection> asked, List<Said> turns) {
        polling = false;
        Map<CallRef, Said> byCall = turns.stream().collect(Collectors.toMap(Said::call, Function.identity()));
        for (RelayConnection connection : asked) {
            Said turn = byCall.get(connection.talk().call());
            if (turn == null) {
                connection.gone();
            } else {
                connection.turn(turn);
            }
        }
    }

    private void failed(Throwable failure) {
        polling = false;
        LOG.warnf("replies of calls were not read: %s", failure.getMessage());
    }

    /** A process that stops waits for its requests, so its talks must go to another one before. */
    private static boolean isStopping() {
        Application process = Application.currentApplication();
        return process != null && !process.isStarted();
    }

    /** Passes all talks to another process. */
    void stop(@Observes ShutdownEvent shutdown) throws InterruptedException {
        stopping = true;
        context.runOnContext(v -> {
            List.copyOf(connections).forEach(RelayConnection::drain);
            if (connections.isEmpty()) {
                drained.countDown();
            }
        });
        if (!drained.await(config.stopLimit().toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("calls were still connected when the process stopped");
        }
    }
}
