package dev.comuta.provider.livekit.api;

import dev.comuta.platform.http.OutboundHttp;
import dev.comuta.platform.http.TestOutbound;
import io.vertx.core.Vertx;
import java.time.Clock;

/** Clients of LiveKit's API for tests. */
public final class TestLiveKit {

    private TestLiveKit() {}

    /** The files of recordings. */
    public static RecordingFiles files(OutboundHttp http, LiveKitConfig config) {
        return new RecordingFiles(http, config, Clock.systemUTC());
    }

    /** A client that may reach this machine. */
    public static LiveKitApi api(Vertx vertx, LiveKitConfig config) {
        return new LiveKitApi(new LiveKitTwirp(TestOutbound.onThisMachine(vertx), Clock.systemUTC()), config);
    }
}
