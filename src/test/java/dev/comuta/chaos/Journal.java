package dev.comuta.chaos;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The record of the simulated providers: when each message was first sent and first accepted. */
final class Journal {

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicLong attempts = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    /**
     * A message at its provider.
     *
     * @param firstSent nanoseconds of this process's clock
     * @param firstAccepted the same; {@link Long#MAX_VALUE} until it is accepted
     */
    record Entry(Delivery delivery, long firstSent, long firstAccepted) {

        boolean accepted() {
            return firstAccepted != Long.MAX_VALUE;
        }
    }

    void sent(Delivery delivery, long now) {
        attempts.incrementAndGet();
        entries.putIfAbsent(delivery.id(), new Entry(delivery, now, Long.MAX_VALUE));
    }

    void accepted(Delivery delivery, long now) {
        entries.computeIfPresent(
                delivery.id(),
                (id, entry) -> entry.accepted() ? entry : new Entry(entry.delivery(), entry.firstSent(), now));
    }

    void refused() {
        refused.incrementAndGet();
    }

    Collection<Entry> entries() {
        return entries.values();
    }

    long attempts() {
        return attempts.get();
    }

    long refusals() {
        return refused.get();
    }
}
