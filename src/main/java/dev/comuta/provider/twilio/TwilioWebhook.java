package dev.comuta.provider.twilio;

import static java.util.stream.Collectors.toMap;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelReports;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.channel.ChannelTypes;
import dev.comuta.message.IdentityLinker;
import dev.comuta.message.IdentityLinker.Link;
import dev.comuta.message.InboundMessage;
import dev.comuta.message.InboundMessages;
import dev.comuta.message.Received;
import dev.comuta.platform.webhook.Answer;
import dev.comuta.platform.webhook.WebhookRequest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/** Receives messages from Twilio ("Twilio's request to your incoming message webhook URL"). */
@Singleton
class TwilioWebhook extends TwilioEndpoint {

    static final String PATH = "/webhooks/twilio/messages";

    /** An empty TwiML document. Twilio would send any text in it to the end user. */
    private static final Answer NO_REPLY = Answer.xml("<Response/>");

    private final IdentityLinker people;
    private final InboundMessages inbound;
    private final ChannelReports reports;

    TwilioWebhook(
            ChannelDirectory channels,
            TwilioAddresses addresses,
            IdentityLinker people,
            InboundMessages inbound,
            ChannelReports reports) {
        super(channels, addresses);
        this.reports = reports;
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
    protected Uni<ChannelRoute> route(WebhookRequest request, TwilioForm form) {
        return findByNumber(ChannelTypes.WHATSAPP, TwilioMessage.numberIn(form.get("To")));
    }

    @Override
    public Uni<Answer> accept(Claim claim, WebhookRequest request) {
        TwilioMessage message = new TwilioMessage(claim.form());
        List<InboundMessage> stored = message.toInbound(claim.route().ref().channelId());
        Link link = new Link(claim.route().ref().channelId(), stored.getFirst().contact(), message.userId());
        return people.link(List.of(link))
                .chain(failed -> receive(stored, failed))
                .call(() -> reports.seen(claim.route().ref()))
                .map(received -> answer(received, request));
    }

    /** @param failed the link of the sender's ids, if it is still to be made */
    private Uni<Received> receive(List<InboundMessage> messages, Set<Link> failed) {
        return inbound.receive(messages)
                .map(List::getFirst)
                .call(received -> people.linkLater(failed.stream().collect(toMap(link -> link, link -> received))));
    }

    private Answer answer(Received received, WebhookRequest request) {
        if (received.outcome() == Received.Outcome.UNKNOWN) {
            throw rejection(request);
        }
        return NO_REPLY;
    }
}
