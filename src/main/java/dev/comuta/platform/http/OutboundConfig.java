package dev.comuta.platform.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Calls to URLs of clients. */
@ConfigMapping(prefix = "comuta.outbound")
public interface OutboundConfig {

    /** Whether URLs of clients may use plain http and reach this machine and private networks; for development only. */
    @WithDefault("false")
    boolean localNetworks();

    /** Time limit of one DNS look-up. */
    @WithDefault("5s")
    Duration lookUpTimeLimit();
}
