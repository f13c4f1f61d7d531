package dev.comuta.task;

import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A clock that stands still until a test moves it to the next timer. */
final class FakeTimer extends AbstractExecutorService implements ScheduledExecutorService {

    private final PriorityQueue<Timer<?>> timers = new PriorityQueue<>();
    private long now;
    private long count;

    private final class Timer<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {

        private final long at;
        private final long number;

        private Timer(Callable<V> work, long at, long number) {
            super(work);
            this.at = at;
            this.number = number;
        }

        @Override
        public boolean isPeriodic() {
            return false;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - now, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            Timer<?> that = (Timer<?>) other;
            return at == that.at ? Long.compare(number, that.number) : Long.compare(at, that.at);
        }
    }

    /** Moves the clock to the next timer and runs it on the caller's thread; false when there is none. */
    boolean runNext() {
        Timer<?> next = next();
        if (next == null) {
            return false;
        }
        next.run();
        return true;
    }

    private synchronized Timer<?> next() {
        timers.removeIf(Timer::isCancelled);
        Timer<?> next = timers.poll();
        if (next != null) {
            now = Math.max(now, next.at);
        }
        return next;
    }

    @Override
    public void execute(Runnable command) {
        command.run();
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return schedule(
                () -> {
                    command.run();
                    return null;
                },
                delay,
                unit);
    }

    @Override
    public synchronized <V> ScheduledFuture<V> schedule(Callable<V> work, long delay, TimeUnit unit) {
        Timer<V> timer = new Timer<>(work, now + unit.toNanos(delay), count++);
        timers.add(timer);
        return timer;
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shutdown() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Runnable> shutdownNow() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return false;
    }
}
