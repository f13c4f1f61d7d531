package dev.comuta.platform.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.util.Set;

/** The roles of this process. */
@ConfigMapping(prefix = "comuta.roles")
public interface ProcessConfig {

    /** {@code web} answers HTTP, {@code worker} runs tasks; one process may do both. */
    @WithParentName
    @WithDefault("web,worker")
    Set<Role> roles();

    /** A role of a process. */
    enum Role {
        WEB,
        WORKER
    }

    /** Whether this process answers the API and webhooks. */
    default boolean isWeb() {
        return roles().contains(Role.WEB);
    }
}
