package dev.comuta.provider.meta;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.secret.ConstantTime;
import dev.comuta.platform.webhook.Answer;
import dev.comuta.platform.webhook.WebhookEndpoint;
import dev.comuta.platform.webhook.WebhookRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/**
 * Responds to Meta's verification of the webhook address with Meta's challenge. Meta sends the request when the address
 * is configured there.
 */
@ApplicationScoped
class MetaVerification implements WebhookEndpoint<MetaApp> {

    /** Name of the security scheme in the API description. */
    static final String SCHEME = "metaVerifyToken";

    static final String TOKEN = "hub.verify_token";
    static final String MODE = "hub.mode";
    static final String CHALLENGE = "hub.challenge";

    private final MetaApps apps;

    MetaVerification(MetaApps apps) {
        this.apps = apps;
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.GET;
    }

    @Override
    public String path() {
        return MetaWebhook.PATH;
    }

    @Override
    public Set<String> mediaTypes() {
        return Set.of();
    }

    @Override
    public Uni<MetaApp> owner(WebhookRequest request) {
        return apps.of(request);
    }

    @Override
    public List<String> secrets(MetaApp app) {
        return app.verifyTokens();
    }

    @Override
    public boolean isSigned(MetaApp app, String secret, WebhookRequest request) {
        String token = request.parameter(TOKEN);
        return token != null
                && ConstantTime.equal(secret, token)
                && "subscribe".equals(request.parameter(MODE))
                && request.parameter(CHALLENGE) != null;
    }

    @Override
    public Uni<Answer> accept(MetaApp app, WebhookRequest request) {
        return Uni.createFrom().item(Answer.text(request.parameter(CHALLENGE)));
    }

    @Override
    public Problem rejection(WebhookRequest request) {
        return Problem.of(ProblemType.FORBIDDEN, "The verify token does not match");
    }
}
