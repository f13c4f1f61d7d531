package dev.comuta.provider.livekit;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelReports;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.webhook.Answer;
import dev.comuta.platform.webhook.WebhookEndpoint;
import dev.comuta.platform.webhook.WebhookRequest;
import dev.comuta.provider.livekit.api.LiveKitEvent;
import dev.comuta.provider.livekit.api.LiveKitSignature;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Receives events of rooms. The issuer of the signature, an API key, names the channels. */
@ApplicationScoped
class LiveKitWebhook implements WebhookEndpoint<LiveKitOwner> {

    static final String PATH = "/webhooks/livekit";

    /** A telephone that called a number of a channel. */
    static final String EXAMPLE = """
            {
              "event": "participant_joined",
              "id": "EV_a1b2c3",
              "createdAt": "1772366400",
              "room": {"sid": "RM_a1b2c3", "name": "comuta-in_+5511987654321_x1"},
              "participant": {
                "sid": "PA_a1b2c3",
                "identity": "sip_+5511987654321",
                "kind": "SIP",
                "attributes": {
                  "sip.callID": "SCL_a1b2c3",
                  "sip.callStatus": "active",
                  "sip.phoneNumber": "+5511987654321",
                  "sip.trunkPhoneNumber": "+5511999999999"
                }
              }
            }""";

    private static final Set<String> JSON = Set.of("application/webhook+json", "application/json");

    private final ChannelDirectory channels;
    private final LiveKitEvents events;
    private final ChannelReports reports;
    private final Clock clock;

    LiveKitWebhook(ChannelDirectory channels, LiveKitEvents events, ChannelReports reports, Clock clock) {
        this.channels = channels;
        this.events = events;
        this.reports = reports;
        this.clock = clock;
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
    public Uni<LiveKitOwner> owner(WebhookRequest request) {
        return LiveKitOwner.of(channels, request.header(LiveKitSignature.HEADER));
    }

    @Override
    public List<String> secrets(LiveKitOwner owner) {
        return owner.secrets();
    }

    @Override
    public boolean isSigned(LiveKitOwner owner, String secret, WebhookRequest request) {
        return LiveKitSignature.verifies(
                secret, request.header(LiveKitSignature.HEADER), request.body(), clock.instant());
    }

    @Override
    public Problem rejection(WebhookRequest request) {
        return request.header(LiveKitSignature.HEADER) == null
                ? WebhookEndpoint.unsigned("The header " + LiveKitSignature.HEADER + " is missing")
                : WebhookEndpoint.super.rejection(request);
    }

    @Override
    public Uni<Answer> accept(LiveKitOwner owner, WebhookRequest request) {
        LiveKitOwner signed = owner.signed(request.header(LiveKitSignature.HEADER), request.body(), clock.instant());
        return events.accept(signed.routes(), LiveKitEvent.of(request.body()))
                .call(() -> InOrder.each(signed.routes(), route -> reports.seen(route.ref())))
                .replaceWith(Answer.OK);
    }
}
