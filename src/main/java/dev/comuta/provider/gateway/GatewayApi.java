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
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

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
        return http.send(new HttpCall(
                        "POST",
                        channel.outboundUrl(),
                        StandardWebhook.headers(channel.webhookSecret(), id, clock.instant(), body.getBytes()),
                        body,
                        config.sendTimeLimit(),
                        new UrlSource.Client(channel.ref().clientId())))
                .ifNoItem()
                .after(sendLimit())
                .failWith(() -> TransientFailure.unanswered(null));
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
