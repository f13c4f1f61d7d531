package dev.comuta.platform.db;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VertxException;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The permits of a pool, one for each of its connections. Waiting for one has a limit.
 *
 * <p>The pool of the driver has such a limit too, but loses a connection that it hands over at the moment when the limit
 * expires. Here a permit goes to exactly one caller that still waits.
 */
final class ConnectionPermits {

    private final Duration limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Promise<Void>> waiting = new LinkedHashSet<>();
    private int free;

    ConnectionPermits(int permits, Duration limit) {
        this.free = permits;
        this.limit = limit;
    }

    /** Takes a permit. Fails when none is free within the limit. */
    Future<Void> take(ContextInternal caller) {
        Promise<Void> permit = caller.promise();
        lock.lock();
        try {
            if (free > 0) {
                free--;
                return caller.succeededFuture();
            }
            waiting.add(permit);
        } finally {
            lock.unlock();
        }
        long timer = caller.setTimer(limit.toMillis(), expired -> giveUp(permit));
        return permit.future().onSuccess(taken -> caller.owner().cancelTimer(timer));
    }

    private void giveUp(Promise<Void> permit) {
        lock.lock();
        try {
            waiting.remove(permit);
        } finally {
            lock.unlock();
        }
        permit.tryFail(new VertxException("every connection is in use", true));
    }

    /** Returns a permit: to the caller that has waited longest, if any. */
    void giveBack() {
        Promise<Void> next;
        do {
            next = next();
        } while (next != null && !next.tryComplete());
    }

    /** {@return the next caller, or null when none waits; the permit is then free} */
    private Promise<Void> next() {
        lock.lock();
        try {
            Iterator<Promise<Void>> callers = waiting.iterator();
            if (!callers.hasNext()) {
                free++;
                return null;
            }
            Promise<Void> next = callers.next();
            callers.remove();
            return next;
        } finally {
            lock.unlock();
        }
    }
}
