package dev.comuta.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Configuration of API keys. */
@ConfigMapping(prefix = "comuta.keys")
public interface KeyConfig {

    /** Interval at which each process writes the last-use times of API keys to the database. */
    @WithDefault("60s")
    Duration useInterval();
}
