package dev.comuta.platform.trace;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Traces of this server; their export is part of OpenTelemetry's own configuration. */
@ConfigMapping(prefix = "comuta.traces")
public interface TracesConfig {

    /** Whether tracing is off. Follows {@code OTEL_SDK_DISABLED}; set that variable instead. */
    @WithDefault("true")
    boolean disabled();
}
