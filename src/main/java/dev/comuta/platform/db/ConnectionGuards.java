package dev.comuta.platform.db;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The guards of all open connections of this process. */
final class ConnectionGuards {

    private final Set<ConnectionGuard> guards = ConcurrentHashMap.newKeySet();

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

    /** One connection was silent since then: unused ones that received nothing since then may have the same fault. */
    void closeUnusedSince(long nanoTime) {
        guards.forEach(guard -> guard.closeUnusedSince(nanoTime));
    }
}
