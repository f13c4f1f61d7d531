package dev.comuta.task;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The task engine. */
@ConfigMapping(prefix = "comuta.tasks")
public interface TaskConfig {

    /** Maximum number of tasks of one queue that a process runs at a time. */
    @WithDefault("64")
    int slots();

    /** Maximum number of slots of a queue that one client uses. */
    @WithDefault("32")
    int slotsPerClient();

    /** Maximum number of ids of one client that a process holds for one queue; further tasks wait in the table. */
    @WithDefault("200")
    int maxQueuedPerClient();

    /** Parallel group commits of completed attempts; attempts of one session always use the same one. */
    @WithDefault("2")
    int completionShards();

    /** Maximum number of attempts that one group commit completes. */
    @WithDefault("50")
    int completionLimit();

    /**
     * Minimum time between the starts of two group commits of a shard of completions, unless a whole group waits. A few
     * milliseconds save commits at low load and delay each completion as much; zero for none.
     */
    @WithDefault("0ms")
    Duration completionInterval();

    /**
     * Minimum time between the starts of two claims of this process. Few milliseconds save commits at low load and delay
     * each task as much; zero for none.
     */
    @WithDefault("0ms")
    Duration claimInterval();

    /** Time that an attempt keeps its lease beyond its time limit. */
    @WithDefault("10s")
    Duration leaseMargin();

    /** Longest time that the completion of an attempt is retried; then the attempt counts as lost. */
    @WithDefault("5m")
    Duration completionTimeLimit();

    /** Delay before the second attempt; it doubles with every further attempt, with jitter. */
    @WithDefault("1s")
    Duration firstRetry();

    /** Maximum delay between attempts. */
    @WithDefault("5m")
    Duration longestRetry();

    /** Age of a task from which on an attempt that could not begin counts, as any other failed attempt. */
    @WithDefault("24h")
    Duration postponementLimit();

    /** Interval at which overdue tasks are searched. */
    @WithDefault("1s")
    Duration sweepInterval();

    /** Minimum time until a swept task is overdue the next time. */
    @WithDefault("30s")
    Duration sweepGap();

    /** Maximum number of tasks of one sweep. */
    @WithDefault("500")
    int sweepLimit();

    /** Maximum time that a stopping process waits for its running tasks. */
    @WithDefault("15s")
    Duration shutdownLimit();
}
