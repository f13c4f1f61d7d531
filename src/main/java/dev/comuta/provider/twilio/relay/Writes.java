package dev.comuta.provider.twilio.relay;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * What one connection stores, in order and one at a time. What fails is tried again for a limited time. Used on one
 * context.
 */
final class Writes {

    private static final long FIRST_PAUSE = 100;
    private static final long LONGEST_PAUSE = 1_000;
    private static final Duration ATTEMPT = Duration.ofSeconds(2);

    private final Deque<Write> waiting = new ArrayDeque<>();
    private final Context context;
    private final Clock clock;
    private final Duration limit;
    private final Runnable onChange;
    private boolean running;

    /** @param onChange called after the number of waiting writes changed */
    Writes(Context context, Clock clock, Duration limit, Runnable onChange) {
        this.context = context;
        this.clock = clock;
        this.limit = limit;
        this.onChange = onChange;
    }

    private record Write(Supplier<Uni<Void>> store, Runnable onFailed) {}

    /** @param onFailed called when it could not be stored in time */
    void add(Supplier<Uni<Void>> store, Runnable onFailed) {
        waiting.add(new Write(store, onFailed));
        onChange.run();
        next();
    }

    int size() {
        return waiting.size();
    }

    private void next() {
        if (!running && !waiting.isEmpty()) {
            running = true;
            attempt(waiting.getFirst(), clock.millis() + limit.toMillis(), FIRST_PAUSE);
        }
    }

    private void attempt(Write write, long deadline, long pause) {
        write.store()
                .get()
                .ifNoItem()
                .after(ATTEMPT)
                .fail()
                .subscribe()
                .with(
                        stored -> context.runOnContext(v -> end(() -> {})),
                        failure -> context.runOnContext(v -> failed(write, deadline, pause)));
    }

    private void failed(Write write, long deadline, long pause) {
        if (clock.millis() + pause > deadline) {
            end(write.onFailed());
        } else {
            context.owner()
                    .setTimer(
                            pause,
                            timer -> context.runOnContext(
                                    v -> attempt(write, deadline, Math.min(2 * pause, LONGEST_PAUSE))));
        }
    }

    private void end(Runnable consequence) {
        waiting.removeFirst();
        running = false;
        consequence.run();
        onChange.run();
        next();
    }
}
