package dev.comuta.task;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the task engine works. */
@ConfigMapping(prefix = "comuta.tasks")
public interface TaskConfig {

    /** Tasks of one queue that a process runs at a time. */
    @WithDefault("64")
    int slots();

    /** Slots of a queue that one client may hold while others could use them. */
    @WithDefault("32")
    int slotsPerClient();

    /** Most ids of one client that a process holds of one queue; the rest stays in the table until earlier ones are done. */
    @WithDefault("200")
    int maxQueuedPerClient();

    /** Group commits of completed attempts that run side by side; attempts of one session always use the same one. */
    @WithDefault("2")
    int completionShards();

    /** Most attempts that one group commit completes. */
    @WithDefault("50")
    int completionLimit();

    /** How much longer than its time limit an attempt keeps its lease. */
    @WithDefault("10s")
    Duration leaseMargin();

    /** Gap before the second attempt; it doubles with every further one, with jitter. */
    @WithDefault("1s")
    Duration firstRetry();

    /** The longest gap between attempts. */
    @WithDefault("5m")
    Duration longestRetry();

    /** How often open tasks that nobody looked after are looked for. */
    @WithDefault("1s")
    Duration sweepInterval();

    /** The least time until a swept task is looked at again. */
    @WithDefault("30s")
    Duration sweepGap();

    /** Tasks swept in one round. */
    @WithDefault("500")
    int sweepLimit();

    /** How long a process that is told to stop waits for its running tasks. */
    @WithDefault("15s")
    Duration shutdownLimit();
}
