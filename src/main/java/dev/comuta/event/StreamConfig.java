package dev.comuta.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Live streams of events. */
@ConfigMapping(prefix = "comuta.stream")
public interface StreamConfig {

    /** Interval at which a process with listeners reads new events, for all listeners in one statement. */
    @WithDefault("200ms")
    Duration interval();

    /** Most events that a listener receives in one batch. */
    @WithDefault("200")
    int batch();

    /** Longest silence of a stream; then a comment shows that it is alive. */
    @WithDefault("15s")
    Duration heartbeat();

    /** A listener that reads nothing for this long is disconnected; it continues at its position when it reconnects. */
    @WithDefault("30s")
    Duration stallTimeout();

    /** Most listeners of one process; more are rejected with 503. */
    @WithDefault("500")
    int listeners();

    /** Most listeners of one client in a process; more are rejected with 503. */
    @WithDefault("20")
    int listenersPerClient();
}
