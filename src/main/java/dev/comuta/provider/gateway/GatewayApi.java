package dev.comuta.provider.gateway;

import dev.comuta.channel.OutboundChannel;
import dev.comuta.platform.http.HttpAnswer;
import dev.comuta.platform.http.HttpCall;
import dev.comuta.platform.http.OutboundHttp;
import dev.comuta.platform.http.UrlSource;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.webhook.StandardWebhook;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** Calls a client's gateway at the channel's {@code outboundUrl}. Requests are signed with the channel's secret. */
@ApplicationScoped
class GatewayApi {

    /** Added to the time limit of the exchange: the connection and the name look-up are outside that limit. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final OutboundHttp http;
    private final GatewayConfig config;
    private final Clock clock;

    GatewayApi(OutboundHttp http, GatewayConfig config, Clock clock) {
        this.http = http;
        this.config = config;
        this.clock = clock;
    }

    /** The longest time that {@link #post} takes. */
    Duration sendLimit() {
        return config.sendTimeLimit().plus(GRACE);
    }

    /**
     * Posts a JSON body once, without retries.
     *
     * @param channel must have an outboundUrl and a secret
     * @param id the {@code webhook-id}, by which the gateway recognizes a repeated request
     * @return the body of a 2xx response; fails as {@link OutboundHttp#send} does
     */
    Uni<Buffer> post(OutboundChannel channel, String id, Buffer body) {
        return bounded(http.send(signed(channel, "POST", id, "", body)));
    }

    /**
     * Posts a JSON body once to a path below the address, without retries, for a caller that reads refusals as well.
     *
     * @param id the {@code webhook-id}
     * @return the response of any status; fails as {@link OutboundHttp#exchange} does
     */
    Uni<HttpAnswer> exchange(OutboundChannel channel, String id, String path, JsonObject body) {
        Buffer bytes = body.toBuffer();
        return bounded(http.exchange(signed(channel, "POST", id, path, bytes)));
    }

    /** Gets a path below the address. The signature covers an empty body. */
    Uni<HttpAnswer> get(OutboundChannel channel, String path) {
        return bounded(http.exchange(signed(channel, "GET", "get_" + UUID.randomUUID(), path, null)));
    }

    private <T> Uni<T> bounded(Uni<T> request) {
        return request.ifNoItem().after(sendLimit()).failWith(() -> TransientFailure.unanswered(null));
    }

    /** @param body null for none */
    private HttpCall signed(OutboundChannel channel, String method, String id, String path, Buffer body) {
        byte[] bytes = body == null ? new byte[0] : body.getBytes();
        return new HttpCall(
                method,
                channel.outboundUrl() + path,
                StandardWebhook.headers(channel.webhookSecret(), id, clock.instant(), bytes),
                body,
                config.sendTimeLimit(),
                new UrlSource.Client(channel.ref().clientId()));
    }

    /** The status with which the address answers a GET, which sends nothing. */
    Uni<Integer> status(OutboundChannel channel, Duration timeLimit) {
        Buffer noBody = null;
        return http.exchange(new HttpCall(
                        "GET",
                        channel.outboundUrl(),
                        Map.of(),
                        noBody,
                        timeLimit,
                        new UrlSource.Client(channel.ref().clientId())))
                .map(HttpAnswer::status);
    }
}
