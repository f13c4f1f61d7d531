package dev.comuta.platform.rest;

import dev.comuta.platform.problem.Problem;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Function;

/** The time limit of a webhook for storing its message. */
public final class Deadline {

    private Deadline() {}

    /**
     * Fails after the limit, so that the provider repeats the delivery. The work itself continues, and the repeated
     * delivery finds its rows.
     */
    public static <T> Function<Uni<T>, Uni<T>> of(Duration limit) {
        return storing -> storing.ifNoItem().after(limit).failWith(Deadline::missed);
    }

    public static Problem missed() {
        return Problem.unavailable("not stored in time", null);
    }
}
