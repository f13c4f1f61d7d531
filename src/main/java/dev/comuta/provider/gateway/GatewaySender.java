package dev.comuta.provider.gateway;

import dev.comuta.channel.Provider;
import dev.comuta.message.MessageSender;
import dev.comuta.message.content.Content;
import dev.comuta.platform.http.UntrustedJson;
import dev.comuta.platform.problem.PermanentFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Sends by a signed POST to the channel's {@code outboundUrl}. Every attempt of a message has the same
 * {@code webhook-id}, the receiver's idempotency key in the Standard Webhooks specification. So an attempt with an
 * unknown outcome may be repeated.
 */
@ApplicationScoped
class GatewaySender implements MessageSender {

    private static final int MAX_TEXT = 65_536;

    private final GatewayApi api;

    GatewaySender(GatewayApi api) {
        this.api = api;
    }

    @Override
    public Provider provider() {
        return GatewayProvider.GATEWAY;
    }

    @Override
    public Duration timeLimit() {
        return api.sendLimit();
    }

    @Override
    public boolean supports(Content content) {
        return content instanceof Content.Text text && text.hasAtMost(MAX_TEXT);
    }

    @Override
    public Uni<String> send(OutgoingMessage message) {
        if (message.channel().outboundUrl() == null || message.channel().webhookSecret() == null) {
            return Uni.createFrom().failure(new PermanentFailure("the channel has no outboundUrl or no secret"));
        }
        Buffer body = new JsonObject()
                .put("from", message.channel().channelIdentifier())
                .put("to", message.to())
                .put("message", message.content().readableText())
                .put("messageId", Long.toString(message.messageId()))
                .toBuffer();
        return api.post(message.channel(), "msg_" + message.messageId(), body).map(GatewaySender::idOf);
    }

    /** The gateway's own id of the message; null when the response has none. */
    private static String idOf(Buffer answer) {
        try {
            return answer.length() == 0 ? null : UntrustedJson.object(answer).getString("id");
        } catch (DecodeException | ClassCastException noJson) {
            return null;
        }
    }
}
