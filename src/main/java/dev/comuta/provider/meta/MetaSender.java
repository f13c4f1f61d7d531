package dev.comuta.provider.meta;

import dev.comuta.channel.Provider;
import dev.comuta.message.MessageSender;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.OutgoingLimits;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.Problem.Violation;
import dev.comuta.platform.problem.UnknownOutcome;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Sends through the Graph API, which has no idempotency key and no query for sent messages. So a request without a
 * response fails with an {@link UnknownOutcome}. Our message id is sent as {@code biz_opaque_callback_data}, which Meta
 * returns in every status.
 */
@ApplicationScoped
class MetaSender implements MessageSender {

    private static final int MAX_TEXT = 4_096;
    private static final int MAX_CAPTION = 1_024;
    private static final OutgoingLimits LIMITS = new OutgoingLimits(MAX_CAPTION, MAX_CAPTION);

    private final MetaApi api;

    MetaSender(MetaApi api) {
        this.api = api;
    }

    @Override
    public Provider provider() {
        return MetaProvider.META;
    }

    @Override
    public Duration timeLimit() {
        return api.sendLimit();
    }

    @Override
    public boolean isPaced() {
        return true;
    }

    @Override
    public boolean hasWindow() {
        return true;
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
        MetaAccount account =
                MetaAccount.of(message.channel().providerId(), message.channel().credentials());
        RuntimeException objection = objection(account, message);
        return objection == null
                ? api.send(account, body(message))
                : Uni.createFrom().failure(objection);
    }

    private static RuntimeException objection(MetaAccount account, OutgoingMessage message) {
        if (message.mayHaveBeenSent()) {
            return new UnknownOutcome("an earlier attempt ended without a result", null);
        }
        if (account == null) {
            return new PermanentFailure(MetaAccount.MISSING);
        }
        return null;
    }

    /** Meta takes a phone number as "to", and its own id of a person who hides the number as "recipient". */
    static JsonObject body(OutgoingMessage message) {
        boolean byNumber = message.to().startsWith("+");
        JsonObject body = new JsonObject()
                .put("messaging_product", "whatsapp")
                .put("recipient_type", "individual")
                .put(byNumber ? "to" : "recipient", byNumber ? message.to().substring(1) : message.to())
                .put("biz_opaque_callback_data", message.reference().toString());
        if (message.replyTo() != null) {
            body.put("context", new JsonObject().put("message_id", message.replyTo()));
        }
        return body.mergeIn(MetaOutgoing.fields(message.content()));
    }
}
