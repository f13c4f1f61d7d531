package dev.comuta.provider.agent;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of calls to the clients' own agents. */
@ConfigMapping(prefix = "comuta.agent")
public interface AgentConfig {

    /** Time limit of one response of an agent. */
    @WithDefault("30s")
    Duration timeLimit();
}
