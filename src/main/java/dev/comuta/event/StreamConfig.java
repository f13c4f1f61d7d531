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

    /** Maximum number of events that a listener receives in one batch. */
    @WithDefault("200")
    int batch();

    /** Maximum silence of a stream. A comment then shows that the stream is alive. */
    @WithDefault("15s")
    Duration heartbeat();

    /** A listener that reads nothing for this long is disconnected. It may reconnect and continue at its position. */
    @WithDefault("30s")
    Duration stallTimeout();

    /** Maximum duration of a stream, give or take a tenth. A listener reconnects and continues at its position. */
    @WithDefault("1h")
    Duration maxDuration();

    /** Interval at which the keys of listeners are checked. A stream whose key is no longer valid ends. */
    @WithDefault("1s")
    Duration keyCheckInterval();

    /** Maximum number of listeners of one process; more are rejected with 503. */
    @WithDefault("500")
    int listeners();

    /** Maximum number of listeners of one client in a process; more are rejected with 503. */
    @WithDefault("20")
    int listenersPerClient();
}
