package dev.comuta.provider.twilio;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.message.IdentityLinker;
import dev.comuta.message.InboundMessage;
import dev.comuta.message.InboundMessages;
import dev.comuta.message.Received;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.webhook.Answer;
import dev.comuta.platform.webhook.WebhookRequest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Receives messages from Twilio ("Twilio's request to your incoming message webhook URL"). */
@Singleton
class TwilioWebhook extends TwilioEndpoint {

    static final String PATH = "/webhooks/twilio/messages";

    /** An empty TwiML document. Twilio would send any text in it to the end user. */
    private static final Answer NO_REPLY = Answer.xml("<Response/>");

    private final IdentityLinker people;
    private final InboundMessages inbound;

    TwilioWebhook(
            ChannelDirectory channels, TwilioAddresses addresses, IdentityLinker people, InboundMessages inbound) {
        super(channels, addresses);
        this.people = people;
        this.inbound = inbound;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public boolean isBusy() {
        return inbound.isBusy();
    }

    @Override
    Uni<ChannelRoute> route(WebhookRequest request, TwilioForm form) {
        return findByNumber(form.get("To"));
    }

    @Override
    public Uni<Answer> accept(Claim claim, WebhookRequest request) {
        TwilioMessage message = new TwilioMessage(claim.form());
        InboundMessage stored = message.toInbound(claim.route().ref().channelId());
        return people.link(stored.channelId(), stored.contact(), message.userId())
                .chain(linked -> receive(stored, message.userId(), linked))
                .map(received -> answer(received, request));
    }

    private Uni<Received> receive(InboundMessage message, String userId, boolean linked) {
        return inbound.receive(message)
                .call(received -> Unis.when(!linked, () -> people.linkLater(message, userId, received)));
    }

    private Answer answer(Received received, WebhookRequest request) {
        if (received.outcome() == Received.Outcome.UNKNOWN) {
            throw rejection(request);
        }
        return NO_REPLY;
    }
}
