package dev.comuta.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Live streams of events. */
@ConfigMapping(prefix = "comuta.stream")
public interface StreamConfig {

    /** How often a process with listeners looks for new events, for all of them in one statement. */
    @WithDefault("200ms")
    Duration interval();

    /** Events that one listener is handed at a time. */
    @WithDefault("200")
    int batch();

    /** How long a stream stays silent at most: then a comment says that it is alive. */
    @WithDefault("15s")
    Duration heartbeat();

    /** A listener who takes nothing for this long is dropped; it goes on where it was when it comes back. */
    @WithDefault("30s")
    Duration patience();

    /** Listeners of one process; more are refused with 503. */
    @WithDefault("500")
    int listeners();

    /** Listeners of one client in a process; more are refused with 503. */
    @WithDefault("20")
    int listenersPerClient();
}
