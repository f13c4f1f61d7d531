package dev.comuta.platform.inbound;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of requests to the API. */
@ConfigMapping(prefix = "comuta.requests")
public interface RequestConfig {

    /** Time limit for receiving a body; an incomplete one is then rejected with 408, and its connection is closed. */
    @WithDefault("10s")
    Duration bodyTimeLimit();
}
