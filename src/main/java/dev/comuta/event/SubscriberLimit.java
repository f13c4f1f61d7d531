package dev.comuta.event;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
     * Acquires a stream of a client. The caller releases an acquired stream.
     *
     * @return false when the limit of the client or of the process is reached
     */
    boolean acquire(long clientId) {
        open.incrementAndGet();
        int own = openByClient.merge(clientId, 1, Integer::sum);
        if (open.get() <= config.listeners() && own <= config.listenersPerClient()) {
            return true;
        }
        release(clientId);
        return false;
    }

    void release(long clientId) {
        openByClient.computeIfPresent(clientId, (client, own) -> own == 1 ? null : own - 1);
        open.decrementAndGet();
    }
}
