package dev.comuta.provider.livekit.api;

import dev.comuta.platform.http.HttpAnswer;
import dev.comuta.platform.http.HttpCall;
import dev.comuta.platform.http.OutboundHttp;
import dev.comuta.platform.http.UrlSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * Twirp, the protocol of LiveKit's API: one POST of JSON for each method, with an access token of its own. Each request is
 * sent once, to an address that the client may reach. {@link LiveKitErrors} decides about failures.
 */
@ApplicationScoped
class LiveKitTwirp {

    private final OutboundHttp http;
    private final Clock clock;

    LiveKitTwirp(OutboundHttp http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    /**
     * A request.
     *
     * @param room the room that the token is limited to; null when the method is about no room
     */
    record Call(LiveKitMethod method, String room, JsonObject request, Duration timeLimit) {}

    /** The response. */
    Uni<ProtoJson> send(LiveKitAccount account, Call call) {
        return exchange(account, call).map(answer -> read(call.method(), answer));
    }

    /** {@return the response, or null when the server says that the object of the request does not exist} */
    Uni<ProtoJson> sendIfPresent(LiveKitAccount account, Call call) {
        return exchange(account, call)
                .map(answer -> LiveKitErrors.isNotFound(answer) ? null : read(call.method(), answer));
    }

    private Uni<HttpAnswer> exchange(LiveKitAccount account, Call call) {
        LiveKitMethod method = call.method();
        String token = LiveKitToken.forRequest(account, method.grant(call.room()), clock.instant());
        Map<String, String> headers = Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json");
        return http.exchange(new HttpCall(
                        "POST",
                        account.url() + method.path(),
                        headers,
                        call.request().toBuffer(),
                        call.timeLimit(),
                        new UrlSource.Client(account.clientId())))
                .onFailure()
                .transform(failure -> LiveKitErrors.ofTransport(method, failure));
    }

    private static ProtoJson read(LiveKitMethod method, HttpAnswer answer) {
        if (!answer.isSuccess()) {
            throw LiveKitErrors.of(method, answer);
        }
        try {
            return ProtoJson.read(answer.body());
        } catch (DecodeException notJson) {
            throw LiveKitErrors.ofUnreadable(method, notJson);
        }
    }
}
