package dev.comuta.platform.http;

import java.time.Duration;

/** Settings of outgoing calls for tests. */
record OutboundSettings(boolean localNetworks, Duration lookUpTimeLimit) implements OutboundConfig {

    static OutboundSettings production() {
        return new OutboundSettings(false, Duration.ofSeconds(2));
    }

    static OutboundSettings development() {
        return new OutboundSettings(true, Duration.ofSeconds(2));
    }
}
