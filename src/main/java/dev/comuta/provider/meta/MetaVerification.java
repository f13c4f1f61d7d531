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

/** Meta verifies the webhook's address when it is configured there: the answer is Meta's challenge. */
@ApplicationScoped
class MetaVerification implements WebhookEndpoint<MetaConfig> {

    /** The token's name in the API's description. */
    static final String SCHEME = "metaVerifyToken";

    static final String TOKEN = "hub.verify_token";
    static final String MODE = "hub.mode";
    static final String CHALLENGE = "hub.challenge";

    private final MetaConfig config;

    MetaVerification(MetaConfig config) {
        this.config = config;
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
    public Uni<MetaConfig> owner(WebhookRequest request) {
        return Uni.createFrom().item(config);
    }

    @Override
    public List<String> secrets(MetaConfig app) {
        return app.verifyToken().stream().toList();
    }

    @Override
    public boolean isSigned(MetaConfig app, String secret, WebhookRequest request) {
        String token = request.parameter(TOKEN);
        return token != null
                && ConstantTime.equal(secret, token)
                && "subscribe".equals(request.parameter(MODE))
                && request.parameter(CHALLENGE) != null;
    }

    @Override
    public Uni<Answer> accept(MetaConfig app, WebhookRequest request) {
        return Uni.createFrom().item(Answer.text(request.parameter(CHALLENGE)));
    }

    @Override
    public Problem rejection(WebhookRequest request) {
        return Problem.of(ProblemType.FORBIDDEN, "The verify token does not match");
    }
}
