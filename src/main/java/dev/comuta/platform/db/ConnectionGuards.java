package dev.comuta.platform.db;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The guards of all open connections of this process. */
final class ConnectionGuards {

    private final Set<ConnectionGuard> guards = ConcurrentHashMap.newKeySet();
    private volatile long suspectBefore = System.nanoTime();

    void add(ConnectionGuard guard) {
        guards.add(guard);
    }

    void remove(ConnectionGuard guard) {
        guards.remove(guard);
    }

    /** Whether a transaction waits longer than any statement may take. */
    boolean isAnyStuck() {
        return guards.stream().anyMatch(ConnectionGuard::isStuck);
    }

    /** A connection was closed because it was silent: those that received nothing for this time may have the same fault. */
    void suspectThoseSilentFor(Duration time) {
        suspectBefore = System.nanoTime() - time.toNanos();
    }

    /** Connections that have received nothing since this nano time are suspect. */
    long suspectBefore() {
        return suspectBefore;
    }
}
