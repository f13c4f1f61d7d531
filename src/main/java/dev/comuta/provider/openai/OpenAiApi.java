package dev.comuta.provider.openai;

import dev.comuta.platform.http.HttpAnswer;
import dev.comuta.platform.http.HttpCall;
import dev.comuta.platform.http.OutboundHttp;
import dev.comuta.platform.http.UrlSource;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Requests chat completions of the platform's API or of the client's own. */
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
        return http.exchange(new HttpCall(
                        "POST",
                        account.url(),
                        account.headers(),
                        prompt.body(account.model()).toBuffer(),
                        config.timeLimit(),
                        account.isOperators() ? new UrlSource.Operator() : new UrlSource.Client(clientId)))
                .map(OpenAiApi::read);
    }

    private static OpenAiCompletion read(HttpAnswer answer) {
        if (!answer.isSuccess()) {
            throw OpenAiErrors.of(answer);
        }
        return OpenAiCompletion.of(answer.text());
    }
}
