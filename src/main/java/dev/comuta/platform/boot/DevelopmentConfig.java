package dev.comuta.platform.boot;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Development mode. */
@ConfigMapping(prefix = "comuta")
public interface DevelopmentConfig {

    /** {@code true}: settings that are unsafe in production are logged instead of stopping the start. */
    @WithDefault("false")
    boolean development();
}
