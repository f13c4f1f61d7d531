package dev.comuta.provider.livekit.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of requests to the LiveKit servers of clients. */
@ConfigMapping(prefix = "comuta.livekit")
public interface LiveKitConfig {

    /** Time limit of one request that does not wait for a person. */
    @WithDefault("5s")
    Duration requestTimeLimit();

    /** Time limit of the request that starts a recording. */
    @WithDefault("10s")
    Duration recordingTimeLimit();

    /** Time limit of a transfer, for which LiveKit waits 30 s. */
    @WithDefault("35s")
    Duration transferTimeLimit();

    /** Time that a request which waits for an answer may take beyond the ringing. */
    @WithDefault("5s")
    Duration answerGrace();

    /** The server is asked about a call that rings this often, because no webhook reports the answer. */
    @WithDefault("2s")
    Duration ringingCheck();

    /** How long the room of a call of the company stays open before anybody joins. */
    @WithDefault("2m")
    Duration emptyRoom();

    /** How long such a room stays open after everybody left. */
    @WithDefault("20s")
    Duration leftRoom();
}
