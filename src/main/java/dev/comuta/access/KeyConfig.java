package dev.comuta.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** API keys. */
@ConfigMapping(prefix = "comuta.keys")
public interface KeyConfig {

    /** How often the times of last use are written. */
    @WithDefault("60s")
    Duration useInterval();
}
