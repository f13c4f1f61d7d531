package dev.comuta.provider.twilio;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelRef;
import dev.comuta.channel.ChannelReports;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.channel.ChannelTypes;
import dev.comuta.message.MessageStatusReports;
import dev.comuta.message.MessageStatusReports.StatusReport;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.webhook.Answer;
import dev.comuta.platform.webhook.WebhookRequest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Receives message statuses from Twilio ("Message status callback"). The query of the URL sent with the message names
 * the channel. Without it, the channel is found by the number in {@code From}.
 */
@Singleton
class TwilioStatusWebhook extends TwilioEndpoint {

    private final MessageStatusReports statusReports;
    private final ChannelReports reports;

    TwilioStatusWebhook(
            ChannelDirectory channels,
            TwilioAddresses addresses,
            MessageStatusReports statusReports,
            ChannelReports reports) {
        super(channels, addresses);
        this.statusReports = statusReports;
        this.reports = reports;
    }

    @Override
    public String path() {
        return TwilioAddresses.STATUS_PATH;
    }

    @Override
    protected Uni<ChannelRoute> route(WebhookRequest request, TwilioForm form) {
        Long channelId = TwilioAddresses.id(request.parameter(TwilioAddresses.CHANNEL));
        return channelId == null
                ? findByNumber(ChannelTypes.WHATSAPP, TwilioMessage.numberIn(form.get("From")))
                : findById(channelId);
    }

    @Override
    public Uni<Answer> accept(Claim claim, WebhookRequest request) {
        ChannelRef channel = claim.route().ref();
        List<StatusReport> read = new TwilioStatus(claim.form())
                .toStatusReports(channel.channelId(), request.parameter(TwilioAddresses.MESSAGE));
        return statusReports
                .apply(read)
                .chain(() -> InOrder.each(read, report -> reportBroken(channel, report)))
                .replaceWith(Answer.NO_CONTENT);
    }

    /** A message failed because its channel is broken. */
    private Uni<Void> reportBroken(ChannelRef channel, StatusReport report) {
        return Unis.when(
                report.delivery() != null && report.delivery().concernsChannel(),
                () -> reports.broken(channel, "Twilio " + report.delivery().errorCode()));
    }
}
