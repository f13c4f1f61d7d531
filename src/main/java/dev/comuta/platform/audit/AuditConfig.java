package dev.comuta.platform.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Configuration of the audit. */
@ConfigMapping(prefix = "comuta.audit")
public interface AuditConfig {

    /** Interval at which the ends of audit chains are signed and logged. */
    @WithDefault("10m")
    Duration checkpointInterval();
}
