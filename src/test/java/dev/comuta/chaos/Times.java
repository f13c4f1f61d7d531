package dev.comuta.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Times as seconds from the start of a run. */
record Times(Instant start, long startNanos) {

    private static final double NANOS = 1e9;

    static Times startingNow() {
        return new Times(Instant.now(), System.nanoTime());
    }

    String of(Instant at) {
        return String.format(Locale.ROOT, "%.3f s", Duration.between(start, at).toNanos() / NANOS);
    }

    String ofNanos(long nanos) {
        return of(instantOf(nanos));
    }

    Instant instantOf(long nanos) {
        return start.plusNanos(nanos - startNanos);
    }
}
