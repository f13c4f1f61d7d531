package dev.comuta.provider.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelReports;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.channel.ChannelTypes;
import dev.comuta.message.InboundMessages;
import dev.comuta.message.Received;
import dev.comuta.platform.http.UntrustedJson;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.platform.webhook.Answer;
import dev.comuta.platform.webhook.StandardWebhook;
import dev.comuta.platform.webhook.WebhookEndpoint;
import dev.comuta.platform.webhook.WebhookRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Receives messages from gateways. The owner is the channel with the number in {@code to}. */
@ApplicationScoped
class GatewayWebhook implements WebhookEndpoint<GatewayWebhook.Claim> {

    static final String PATH = "/webhooks/whatsapp";

    private static final Set<String> JSON = Set.of("application/json");

    private final ChannelDirectory channels;
    private final InboundMessages inbound;
    private final ChannelReports reports;
    private final JsonFactory json;
    private final Clock clock;

    GatewayWebhook(
            ChannelDirectory channels,
            InboundMessages inbound,
            ChannelReports reports,
            ObjectMapper json,
            Clock clock) {
        this.reports = reports;
        this.channels = channels;
        this.inbound = inbound;
        this.json = UntrustedJson.limited(json).getFactory();
        this.clock = clock;
    }

    /**
     * A body and the channel of its {@code to}.
     *
     * @param route null for an unknown channel
     */
    record Claim(GatewayBody body, ChannelRoute route) {}

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
    public Uni<Claim> owner(WebhookRequest request) {
        GatewayBody body = GatewayBody.read(json, request.body());
        PhoneNumber number = PhoneNumber.received(body.to());
        return number == null
                ? Uni.createFrom().item(new Claim(body, null))
                : channels.findRoute(ChannelTypes.WHATSAPP, number).map(route -> new Claim(body, route));
    }

    @Override
    public List<String> secrets(Claim claim) {
        return claim.route() == null ? List.of() : claim.route().webhookSecrets();
    }

    @Override
    public boolean isSigned(Claim claim, String secret, WebhookRequest request) {
        return StandardWebhook.verifies(secret, headers(request), request.body(), clock.instant());
    }

    @Override
    public Uni<Answer> accept(Claim claim, WebhookRequest request) {
        String id = request.header(StandardWebhook.ID);
        return inbound.receive(
                        claim.body().message().toInbound(claim.route().ref().channelId(), id))
                .call(() -> reports.seen(claim.route().ref()))
                .map(received -> answer(received, request));
    }

    /** A body without a recipient cannot be verified: the problem names what it lacks, and no channel depends on it. */
    @Override
    public Problem rejection(WebhookRequest request) {
        String objection = headers(request).objection(clock.instant());
        if (objection != null) {
            return WebhookEndpoint.unsigned(objection);
        }
        Problem unreadable = GatewayBody.read(json, request.body()).withoutRecipient();
        return unreadable == null ? WebhookEndpoint.super.rejection(request) : unreadable;
    }

    private static StandardWebhook.Headers headers(WebhookRequest request) {
        return new StandardWebhook.Headers(
                request.header(StandardWebhook.ID),
                request.header(StandardWebhook.TIMESTAMP),
                request.header(StandardWebhook.SIGNATURE));
    }

    private Answer answer(Received received, WebhookRequest request) {
        return switch (received.outcome()) {
            case ACCEPTED -> new Accepted(received.sessionId(), received.messageId(), false).toAnswer();
            case DUPLICATE -> new Accepted(null, null, true).toAnswer();
            case UNKNOWN -> throw rejection(request);
        };
    }

    /**
     * The body of the response.
     *
     * @param duplicate whether an earlier delivery stored the message; the ids are then null
     */
    @Schema(name = "MessageAccepted", description = "The delivered message is stored.")
    record Accepted(
            @Schema(nullable = true, description = "Session of the message; null for a duplicate")
            Long sessionId,

            @Schema(nullable = true, description = "Id of the stored message; null for a duplicate")
            Long messageId,

            @Schema(description = "Whether an earlier delivery stored the message")
            boolean duplicate) {

        private Answer toAnswer() {
            return Answer.json("{\"sessionId\":" + sessionId + ",\"messageId\":" + messageId + ",\"duplicate\":"
                    + duplicate + "}");
        }
    }
}
