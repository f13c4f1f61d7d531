package dev.comuta.platform.boot;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.net.URI;

/** The public address of the server. */
@ConfigMapping(prefix = "comuta")
public interface PublicUrlConfig {

    /** Public URL of the server, as providers call it: scheme, host, port and optional path. Some providers sign it. */
    @WithName("public-url")
    URI publicUrl();
}
