package dev.comuta.platform.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.util.Optional;

/** The platform administrator's key. */
@ConfigMapping(prefix = "comuta")
public interface PlatformKeyConfig {

    /** The key itself, any text of 32 characters or more. Without one nobody is the platform's administrator. */
    @WithName("platform-key")
    Optional<String> platformKey();
}
