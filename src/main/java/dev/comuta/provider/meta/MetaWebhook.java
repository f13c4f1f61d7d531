package dev.comuta.provider.meta;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.comuta.message.InboundMessages;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.webhook.Answer;
import dev.comuta.platform.webhook.WebhookEndpoint;
import dev.comuta.platform.webhook.WebhookRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Receives batches of messages, statuses and notices for the channels of all clients. The owner of a delivery is an app at
 * Meta: the platform's, whose secret is in the configuration, or a client's own.
 */
@ApplicationScoped
class MetaWebhook implements WebhookEndpoint<MetaApp> {

    static final String PATH = "/webhooks/meta";

    private static final Set<String> JSON = Set.of("application/json");

    private final MetaApps apps;
    private final MetaReceiver receiver;
    private final InboundMessages inbound;
    private final ObjectReader json;

    MetaWebhook(MetaApps apps, MetaReceiver receiver, InboundMessages inbound, ObjectMapper json) {
        this.apps = apps;
        this.receiver = receiver;
        this.inbound = inbound;
        this.json = MetaBatch.reader(json);
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Set<String> mediaTypes() {
        return JSON;
    }

    @Override
    public boolean isBusy() {
        return inbound.isBusy();
    }

    @Override
    public Uni<MetaApp> owner(WebhookRequest request) {
        return apps.of(request);
    }

    @Override
    public List<String> secrets(MetaApp app) {
        return app.secrets();
    }

    @Override
    public boolean isSigned(MetaApp app, String secret, WebhookRequest request) {
        return MetaSignature.verifies(secret, request.header(MetaSignature.HEADER), request.body());
    }

    @Override
    public Problem rejection(WebhookRequest request) {
        return request.header(MetaSignature.HEADER) == null
                ? WebhookEndpoint.unsigned(MetaSignature.HEADER + " is required")
                : WebhookEndpoint.super.rejection(request);
    }

    @Override
    public Uni<Answer> accept(MetaApp app, WebhookRequest request) {
        return receiver.receive(app, read(request.body())).replaceWith(Answer.OK);
    }

    private MetaBatch read(byte[] body) {
        try {
            return MetaBatch.read(json.readTree(body));
        } catch (IOException notJson) {
            throw Problem.invalid("body", "is not JSON");
        }
    }
}
