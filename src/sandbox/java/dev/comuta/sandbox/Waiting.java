package dev.comuta.sandbox;

import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** Waits for servers to start, and finds free ports for them. */
final class Waiting {

    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 32_000;

    /** Test JVMs that run side by side use different ports, also between the choice of a port and its use. */
    private static final int LANES = 4;

    private static final int LANE = Integer.getInteger("comuta.test.fork", 0) % LANES;

    private Waiting() {}

    /** Waits until the condition is true; false after the timeout. */
    static boolean until(Duration timeout, BooleanSupplier condition) {
        boolean[] met = {false};
        long deadline = System.nanoTime() + timeout.toNanos();
        Awaitility.await()
                .dontCatchUncaughtExceptions()
                .atMost(timeout.plusMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    met[0] = condition.getAsBoolean();
                    return met[0] || System.nanoTime() > deadline;
                });
        return met[0];
    }

    /** Waits for the value of a Vert.x future; not for event-loop threads. */
    static <T> T on(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /**
     * The port itself, or for 0 a free one below the range that systems use for outgoing connections, so that no
     * connection takes it before the server does.
     */
    static int portOrFree(int port) {
        return port != 0
                ? port
                : ThreadLocalRandom.current()
                        .ints(FIRST_PORT, LAST_PORT)
                        .filter(candidate -> candidate % LANES == LANE)
                        .filter(Waiting::isFree)
                        .findFirst()
                        .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
