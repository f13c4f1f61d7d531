package dev.comuta.provider.openai;

import dev.comuta.platform.http.HttpAnswer;
import dev.comuta.platform.http.HttpCall;
import dev.comuta.platform.http.OutboundHttp;
import dev.comuta.platform.http.UrlSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Requests chat completions and transcriptions of the platform's API or of the client's own. */
@ApplicationScoped
class OpenAiApi {

    private final OutboundHttp http;
    private final OpenAiConfig config;

    OpenAiApi(OutboundHttp http, OpenAiConfig config) {
        this.http = http;
        this.config = config;
    }

    /**
     * Sends one request, without retries.
     *
     * @param clientId the client, whose allow-list applies to a URL of its own
     * @return fails as {@link OpenAiErrors} describes
     */
    Uni<OpenAiCompletion> complete(long clientId, OpenAiAccount account, OpenAiPrompt prompt) {
        return request(clientId, account, prompt.body(account.model())).map(OpenAiApi::read);
    }

    /**
     * The same for any body.
     *
     * @return the response of any status
     */
    Uni<HttpAnswer> request(long clientId, OpenAiAccount account, JsonObject body) {
        return http.exchange(new HttpCall(
                "POST",
                account.url(),
                account.headers("application/json"),
                body.toBuffer(),
                config.timeLimit(),
                source(clientId, account)));
    }

    /**
     * Sends one form with a file, without retries.
     *
     * @return the response of any status
     */
    Uni<HttpAnswer> upload(long clientId, OpenAiAccount account, SpeechForm form, Duration timeLimit) {
        return http.exchange(new HttpCall(
                "POST",
                account.url(),
                account.headers(form.contentType()),
                form.body(),
                timeLimit,
                source(clientId, account)));
    }

    private static UrlSource source(long clientId, OpenAiAccount account) {
        return account.isOperators() ? new UrlSource.Operator() : new UrlSource.Client(clientId);
    }

    /** {@return the completion in a response, or fails as {@link OpenAiErrors} describes} */
    static OpenAiCompletion read(HttpAnswer answer) {
        if (!answer.isSuccess()) {
            throw OpenAiErrors.of(answer);
        }
        return OpenAiCompletion.of(answer.text());
    }
}
