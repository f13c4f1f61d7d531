package dev.comuta.provider.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.channel.ChannelTypes;
import dev.comuta.message.InboundMessages;
import dev.comuta.message.Received;
import dev.comuta.platform.http.UntrustedJson;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.platform.webhook.StandardWebhook;
import dev.comuta.platform.webhook.Webhook;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Takes messages from gateways. The signature is checked on the raw bytes, before anything in them counts. */
@ApplicationScoped
class GatewayWebhook implements Webhook {

    private final ChannelDirectory channels;
    private final InboundMessages inbound;
    private final JsonFactory json;
    private final GatewayConfig config;
    private final Clock clock;

    GatewayWebhook(
            ChannelDirectory channels, InboundMessages inbound, ObjectMapper json, GatewayConfig config, Clock clock) {
        this.channels = channels;
        this.inbound = inbound;
        this.json = UntrustedJson.limited(json).getFactory();
        this.config = config;
        this.clock = clock;
    }

    @Override
    public String path() {
        return GatewayWebhookResource.PATH;
    }

    @Override
    public Duration timeLimit() {
        return config.webhookTimeLimit();
    }

    @Override
    public boolean isBusy() {
        return inbound.isBusy();
    }

    @Override
    public Uni<Buffer> receive(MultiMap headers, byte[] body) {
        StandardWebhook.Headers signature = new StandardWebhook.Headers(
                headers.get(StandardWebhook.ID),
                headers.get(StandardWebhook.TIMESTAMP),
                headers.get(StandardWebhook.SIGNATURE));
        return receive(signature, body).map(Accepted::toJson);
    }

    /** The same for a request that came by the REST framework. */
    Uni<Accepted> receive(StandardWebhook.Headers signature, byte[] body) {
        GatewayBody read = GatewayBody.read(json, body);
        return findChannel(read)
                .invoke(route -> verify(route, signature, body))
                .map(route -> read.message().toInbound(route.ref().channelId(), signature.id()))
                .chain(inbound::receive)
                .map(Accepted::of);
    }

    /** Whose secret applies; null when nobody's does. */
    private Uni<ChannelRoute> findChannel(GatewayBody body) {
        PhoneNumber number = PhoneNumber.find(body.to());
        return number == null ? Uni.createFrom().nullItem() : channels.findRoute(ChannelTypes.WHATSAPP, number.e164());
    }

    private void verify(ChannelRoute route, StandardWebhook.Headers signature, byte[] body) {
        List<String> secrets = route == null ? List.of() : route.webhookSecrets();
        if (!StandardWebhook.verifies(secrets, signature, body, clock.instant())) {
            throw unauthenticated();
        }
    }

    private static Problem unauthenticated() {
        return Problem.of(ProblemType.UNAUTHENTICATED, "The webhook signature does not match");
    }

    /**
     * What became of a message.
     *
     * @param duplicate whether it had been stored before; then the ids are null
     */
    @Schema(name = "MessageAccepted")
    record Accepted(Long sessionId, Long messageId, boolean duplicate) {

        static Accepted of(Received received) {
            return switch (received.outcome()) {
                case ACCEPTED -> new Accepted(received.sessionId(), received.messageId(), false);
                case DUPLICATE -> new Accepted(null, null, true);
                case UNKNOWN -> throw unauthenticated();
            };
        }

        private Buffer toJson() {
            return Buffer.buffer("{\"sessionId\":" + sessionId + ",\"messageId\":" + messageId + ",\"duplicate\":"
                    + duplicate + "}");
        }
    }
}
