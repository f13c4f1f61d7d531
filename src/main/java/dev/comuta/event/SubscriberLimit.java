package dev.comuta.event;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Limits the open streams, in total and for each client. */
final class SubscriberLimit {

    private final AtomicInteger open;
    private final Map<Long, Integer> openByClient = new ConcurrentHashMap<>();
    private final StreamConfig config;

    /** @param open the counter of open streams, which the metrics show */
    SubscriberLimit(AtomicInteger open, StreamConfig config) {
        this.open = open;
        this.config = config;
    }

    /**
     * Acquires a stream of a client.
     *
     * @return the action that releases the stream, once however often it runs; empty when the limit of the client or of
     *     the process is reached
     */
    Optional<Runnable> acquire(long clientId) {
        open.incrementAndGet();
        int own = openByClient.merge(clientId, 1, Integer::sum);
        if (open.get() <= config.listeners() && own <= config.listenersPerClient()) {
            AtomicBoolean held = new AtomicBoolean(true);
            return Optional.of(() -> releaseOnce(clientId, held));
        }
        release(clientId);
        return Optional.empty();
    }

    private void releaseOnce(long clientId, AtomicBoolean held) {
        if (held.compareAndSet(true, false)) {
            release(clientId);
        }
    }

    private void release(long clientId) {
        openByClient.computeIfPresent(clientId, (client, own) -> own == 1 ? null : own - 1);
        open.decrementAndGet();
    }
}
