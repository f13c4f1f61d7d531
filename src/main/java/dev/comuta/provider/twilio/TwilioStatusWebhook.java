package dev.comuta.provider.twilio;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.message.MessageStatusReports;
import dev.comuta.platform.webhook.Answer;
import dev.comuta.platform.webhook.WebhookRequest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/**
 * Receives message statuses from Twilio ("Message status callback"). The query of the URL sent with the message names
 * the channel. Without it, the channel is found by the number in {@code From}.
 */
@Singleton
class TwilioStatusWebhook extends TwilioEndpoint {

    private final MessageStatusReports statusReports;

    TwilioStatusWebhook(ChannelDirectory channels, TwilioAddresses addresses, MessageStatusReports statusReports) {
        super(channels, addresses);
        this.statusReports = statusReports;
    }

    @Override
    public String path() {
        return TwilioAddresses.STATUS_PATH;
    }

    @Override
    Uni<ChannelRoute> route(WebhookRequest request, TwilioForm form) {
        Long channelId = TwilioAddresses.id(request.parameter(TwilioAddresses.CHANNEL));
        return channelId == null ? findByNumber(form.get("From")) : findById(channelId);
    }

    @Override
    public Uni<Answer> accept(Claim claim, WebhookRequest request) {
        return statusReports
                .apply(new TwilioStatus(claim.form())
                        .toStatusReports(claim.route().ref().channelId(), request.parameter(TwilioAddresses.MESSAGE)))
                .replaceWith(Answer.NO_CONTENT);
    }
}
