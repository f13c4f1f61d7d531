package dev.comuta.platform.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.util.Optional;

/** The platform administrator's key. */
@ConfigMapping(prefix = "comuta")
public interface PlatformKeyConfig {

    /** The key, a text of 32 characters or more. Without it there is no platform administrator. */
    @WithName("platform-key")
    Optional<String> platformKey();
}
