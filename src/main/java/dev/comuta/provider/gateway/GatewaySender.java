package dev.comuta.provider.gateway;

import dev.comuta.channel.Provider;
import dev.comuta.media.MediaRef;
import dev.comuta.message.MessageSender;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.OutgoingFile;
import dev.comuta.message.content.OutgoingLimits;
import dev.comuta.platform.http.UntrustedJson;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.Problem.Violation;
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
    private static final OutgoingLimits LIMITS = new OutgoingLimits(MAX_TEXT, MAX_TEXT);

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
    public int maxText() {
        return MAX_TEXT;
    }

    @Override
    public Violation objection(Content content) {
        return LIMITS.objection(content);
    }

    @Override
    public Uni<String> send(OutgoingMessage message) {
        if (message.channel().outboundUrl() == null || message.channel().webhookSecret() == null) {
            return Uni.createFrom().failure(new PermanentFailure("the channel has no outboundUrl or no secret"));
        }
        return api.post(
                        message.channel(),
                        "msg_" + message.reference(),
                        body(message).toBuffer())
                .map(GatewaySender::idOf);
    }

    /** A text has the fields of a text only. Other content has its kind, and its fields as in the API. */
    private static JsonObject body(OutgoingMessage message) {
        JsonObject body = new JsonObject()
                .put("from", message.channel().channelIdentifier())
                .put("to", message.to())
                .put("message", message.content().readableText())
                .put("messageId", message.reference().toString());
        if (message.replyTo() != null) {
            body.put("replyTo", message.replyTo());
        }
        return switch (message.content()) {
            case Content.Text text -> body;
            case Content.Media media ->
                body.put("contentType", media.contentType()).put("media", media(media.file()));
            case Content other ->
                body.put("contentType", other.contentType()).put("content", JsonObject.mapFrom(other));
        };
    }

    private static JsonObject media(MediaRef file) {
        JsonObject media = new JsonObject();
        String link = OutgoingFile.link(file);
        media.put(link == null ? "id" : "url", link == null ? file.providerId() : link);
        if (file.mimeType() != null) {
            media.put("contentType", file.mimeType());
        }
        if (file.fileName() != null) {
            media.put("fileName", file.fileName());
        }
        return media;
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
