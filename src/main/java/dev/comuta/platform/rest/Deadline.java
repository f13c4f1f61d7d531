package dev.comuta.platform.rest;

import dev.comuta.platform.problem.Problem;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Function;

/** How long a provider's webhook waits to hear that its message is stored. */
public final class Deadline {

    private Deadline() {}

    /**
     * To be plugged into what stores: after the limit the provider is told to send again. The storing goes on, and the
     * repeated delivery finds what it stored.
     */
    public static <T> Function<Uni<T>, Uni<T>> of(Duration limit) {
        return storing -> storing.ifNoItem().after(limit).failWith(Deadline::missed);
    }

    public static Problem missed() {
        return Problem.unavailable("not stored in time", null);
    }
}
