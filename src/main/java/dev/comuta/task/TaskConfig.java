package dev.comuta.task;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the task engine works. */
@ConfigMapping(prefix = "comuta.tasks")
public interface TaskConfig {

    /** Tasks of one lane that a process runs at a time. */
    @WithDefault("64")
    int slots();

    /** Slots of a lane that one client may hold while others could use them. */
    @WithDefault("32")
    int slotsPerClient();

    /** Ids of one client that may wait in a lane; more stay in the table until that client's work is done. */
    @WithDefault("200")
    int waitingPerClient();

    /** Commits that may end attempts side by side; those of one session keep to one of them. */
    @WithDefault("2")
    int finishLines();

    /** Attempts that one commit ends at most. */
    @WithDefault("50")
    int finishLimit();

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
