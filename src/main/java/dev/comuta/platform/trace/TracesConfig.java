package dev.comuta.platform.trace;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Traces as this server writes them; where they go is OpenTelemetry's own configuration. */
@ConfigMapping(prefix = "comuta.traces")
public interface TracesConfig {

    /** Whether nothing is traced. It follows {@code OTEL_SDK_DISABLED}; set that one. */
    @WithDefault("true")
    boolean disabled();
}
