package dev.comuta.platform.boot;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whether this installation is there to be developed and tried out with. */
@ConfigMapping(prefix = "comuta")
public interface DevelopmentConfig {

    /** {@code true}: settings that are unsafe in production are logged instead of stopping the start. */
    @WithDefault("false")
    boolean development();
}
