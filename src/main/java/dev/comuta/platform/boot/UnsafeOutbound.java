package dev.comuta.platform.boot;

import dev.comuta.platform.http.OutboundConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.Stream;

/** Refuses URLs of clients that reach this machine and its network. */
@ApplicationScoped
class UnsafeOutbound implements Unsafe {

    private final OutboundConfig config;

    UnsafeOutbound(OutboundConfig config) {
        this.config = config;
    }

    @Override
    public Stream<Setting> settings() {
        return config.localNetworks()
                ? Stream.of(new Setting(
                        "comuta.outbound.local-networks", "lets URLs of clients reach this machine and its network"))
                : Stream.empty();
    }
}
