package dev.comuta.event;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many may listen at a time, in all and of one client. */
final class SubscriberLimit {

    private final AtomicInteger taken;
    private final Map<Long, Integer> takenByClient = new ConcurrentHashMap<>();
    private final StreamConfig config;

    /** @param taken counts them where others can see it */
    SubscriberLimit(AtomicInteger taken, StreamConfig config) {
        this.taken = taken;
        this.config = config;
    }

    /** Whether there was one left. Whoever has one gives it back. */
    boolean take(long clientId) {
        taken.incrementAndGet();
        int own = takenByClient.merge(clientId, 1, Integer::sum);
        if (taken.get() <= config.listeners() && own <= config.listenersPerClient()) {
            return true;
        }
        giveBack(clientId);
        return false;
    }

    void giveBack(long clientId) {
        takenByClient.computeIfPresent(clientId, (client, own) -> own == 1 ? null : own - 1);
        taken.decrementAndGet();
    }
}
