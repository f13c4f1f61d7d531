package dev.comuta.platform.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Where calls to addresses may go that clients gave. */
@ConfigMapping(prefix = "comuta.outbound")
public interface OutboundConfig {

    /**
     * Whether clients may name plain http, this machine and private networks: for development, where the other side runs
     * beside the server. Production does not start with it.
     */
    @WithDefault("false")
    boolean localNetworks();

    /** How long the look-up of one name may take. */
    @WithDefault("5s")
    Duration lookUpTimeLimit();
}
