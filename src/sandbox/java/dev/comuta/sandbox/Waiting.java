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

/** Waiting for servers to come up, and the ports that they come up on. */
final class Waiting {

    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 32_000;

    private Waiting() {}

    /** Waits until the condition holds; false when it does not within the time. */
    static boolean until(Duration patience, BooleanSupplier condition) {
        boolean[] held = {false};
        long deadline = System.nanoTime() + patience.toNanos();
        Awaitility.await()
                .dontCatchUncaughtExceptions()
                .atMost(patience.plusMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    held[0] = condition.getAsBoolean();
                    return held[0] || System.nanoTime() > deadline;
                });
        return held[0];
    }

    /** The value of a Vert.x future, waited for by a thread that is not an event loop. */
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
     * The port itself, or for 0 one that is free now: below those that systems give to outgoing connections, so that no
     * connection takes it before the server does.
     */
    static int portOrFree(int port) {
        return port != 0
                ? port
                : ThreadLocalRandom.current()
                        .ints(FIRST_PORT, LAST_PORT)
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
