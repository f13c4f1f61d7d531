package dev.comuta.platform.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.util.Set;

/** What this process does. */
@ConfigMapping(prefix = "comuta.roles")
public interface ProcessConfig {

    /** {@code web} answers HTTP, {@code worker} runs tasks; one process may do both. */
    @WithParentName
    @WithDefault("web,worker")
    Set<Role> roles();

    /** A part that a process can take. */
    enum Role {
        WEB,
        WORKER
    }

    /** Whether this process answers the API and webhooks. */
    default boolean isWeb() {
        return roles().contains(Role.WEB);
    }
}
