package dev.comuta.provider.meta;

import dev.comuta.channel.Provider;
import dev.comuta.message.Content;
import dev.comuta.message.MessageSender;
import dev.comuta.message.UnknownOutcome;
import dev.comuta.platform.http.HttpAnswer;
import dev.comuta.platform.http.HttpCall;
import dev.comuta.platform.http.OutboundHttp;
import dev.comuta.platform.http.UntrustedJson;
import dev.comuta.platform.http.UrlSource;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;

/**
 * Sends through the Graph API. It knows no idempotency key and no question about a message, so a request without an answer
 * is an {@link UnknownOutcome}: our id goes along as {@code biz_opaque_callback_data} and comes back with every status.
 */
@ApplicationScoped
class MetaSender implements MessageSender {

    private static final int MAX_TEXT = 4_096;

    private static final String ACCESS_TOKEN = "accessToken";

    /** What the exchange's own limit does not count, such as an answer that trickles. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final OutboundHttp http;
    private final MetaConfig config;

    MetaSender(OutboundHttp http, MetaConfig config) {
        this.http = http;
        this.config = config;
    }

    /** How a channel's number is known at Meta. */
    record Account(String phoneNumberId, String accessToken) {

        /** Null when a part is missing, or is none that Meta would know. */
        static Account of(String providerId, JsonObject credentials) {
            return providerId != null
                            && providerId.matches("[0-9]+")
                            && credentials != null
                            && credentials.getValue(ACCESS_TOKEN) instanceof String token
                    ? new Account(providerId, token)
                    : null;
        }

        @Override
        public String toString() {
            return "Account[phoneNumberId=" + phoneNumberId + "]";
        }
    }

    @Override
    public Provider provider() {
        return MetaProvider.META;
    }

    @Override
    public boolean supports(Content content) {
        return content instanceof Content.Text text && text.text().length() <= MAX_TEXT;
    }

    @Override
    public Uni<String> send(OutgoingMessage message) {
        Account account =
                Account.of(message.channel().providerId(), message.channel().credentials());
        if (account == null) {
            return Uni.createFrom().failure(new PermanentFailure("the channel has no providerId or no accessToken"));
        }
        if (!message.to().startsWith("+")) {
            return Uni.createFrom().failure(new PermanentFailure("the end user has no telephone number"));
        }
        if (message.mayHaveBeenSent()) {
            return Uni.createFrom().failure(new UnknownOutcome("an earlier attempt never reported its end", null));
        }
        return http.exchange(call(account, message))
                .ifNoItem()
                .after(config.sendTimeLimit().plus(GRACE))
                .fail()
                .onFailure(MetaSender::mayHaveArrived)
                .transform(failure -> new UnknownOutcome("Meta did not answer", failure))
                .map(MetaSender::idOf);
    }

    private HttpCall call(Account account, OutgoingMessage message) {
        String url = config.baseUrl() + "/" + config.apiVersion() + "/" + account.phoneNumberId() + "/messages";
        Map<String, String> headers =
                Map.of("Authorization", "Bearer " + account.accessToken(), "Content-Type", "application/json");
        return new HttpCall("POST", url, headers, body(message), config.sendTimeLimit(), new UrlSource.Operator());
    }

    private static Buffer body(OutgoingMessage message) {
        return new JsonObject()
                .put("messaging_product", "whatsapp")
                .put("recipient_type", "individual")
                .put("to", message.to().replace("+", ""))
                .put("type", "text")
                .put("text", new JsonObject().put("body", message.content().readableText()))
                .put("biz_opaque_callback_data", Long.toString(message.messageId()))
                .toBuffer();
    }

    private static boolean mayHaveArrived(Throwable failure) {
        return switch (failure) {
            case TimeoutException late -> true;
            case TransientFailure unanswered -> unanswered.mayHaveArrived();
            default -> false;
        };
    }

    /** The wamid; null when a success has none. */
    private static String idOf(HttpAnswer answer) {
        if (!answer.isSuccess()) {
            throw MetaError.of(answer);
        }
        try {
            return UntrustedJson.object(answer.body())
                    .getJsonArray("messages")
                    .getJsonObject(0)
                    .getString("id");
        } catch (DecodeException | ClassCastException | NullPointerException | IndexOutOfBoundsException noId) {
            return null;
        }
    }
}
