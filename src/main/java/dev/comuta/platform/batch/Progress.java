package dev.comuta.platform.batch;

import java.time.Duration;
import java.util.stream.Stream;

/** Port: work in batches. A process whose batches do not end is not ready. */
public interface Progress {

    /** The name of the work in the readiness response. */
    String workName();

    /** How long each batch has run; zero for one that does not run. Any thread may call it. */
    Stream<Duration> batches();
}
