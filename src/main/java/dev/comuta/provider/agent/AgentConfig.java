package dev.comuta.provider.agent;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How clients' own agents are called. */
@ConfigMapping(prefix = "comuta.agent")
public interface AgentConfig {

    /** How long one answer may take. */
    @WithDefault("30s")
    Duration timeLimit();
}
