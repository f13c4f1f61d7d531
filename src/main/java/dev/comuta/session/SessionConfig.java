package dev.comuta.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings for sessions that change without a request. */
@ConfigMapping(prefix = "comuta.session")
public interface SessionConfig {

    /** A conversation without a message for this long is closed; the next message opens a new session. */
    @WithDefault("24h")
    Duration idleTime();

    /**
     * Longest life of a conversation: the next message after that closes it and opens a new session. People who answer
     * in the old session answer in the new one too.
     */
    @WithDefault("30d")
    Duration longestLife();

    /** A call session that is older than this is closed when it never had a call, or all its calls ended so long ago. */
    @WithDefault("1h")
    Duration callIdleTime();

    /** Time between two runs of the jobs that close idle conversations and ended calls, and that release sessions. */
    @WithDefault("1m")
    Duration idleCheck();

    /** Whether a person who writes in a session takes it over, so that the assistant is silent. */
    @WithDefault("true")
    boolean takeOverByMessage();

    /**
     * A session that was handed off is given back to the assistant when no person took it over or wrote in it for this
     * long; 0s for never. The end user's unanswered messages then count as answered by people.
     */
    @WithDefault("12h")
    Duration releaseAfter();
}
