package dev.comuta.platform.boot;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.net.URI;

/** Where providers reach this server. */
@ConfigMapping(prefix = "comuta")
public interface PublicUrlConfig {

    /** Scheme, host, port and perhaps a path, as callers write it; some providers sign it with what they send. */
    @WithName("public-url")
    URI publicUrl();
}
