package dev.comuta.platform.batch;

import java.time.Duration;

/** Port: work in batches. A process whose batches do not end is not ready. */
public interface Progress {

    /** The name of the work in the readiness response. */
    String workName();

    /** How long the oldest running batch has run; zero when none runs. Any thread may call it. */
    Duration oldestBatch();
}
