package dev.comuta.provider.twilio;

import dev.comuta.channel.ChannelReports;
import dev.comuta.channel.ChannelTypes;
import dev.comuta.channel.OutboundChannel;
import dev.comuta.channel.Provider;
import dev.comuta.channel.setup.SetupCheck;
import dev.comuta.channel.setup.SetupStep;
import dev.comuta.channel.setup.StepName;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.provider.twilio.TwilioApi.Sender;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The set-up of a number at Twilio: credentials, sender, and the address of the webhook with its retries. */
@ApplicationScoped
class TwilioSetup implements SetupCheck {

    /** Connection overrides: five retries, after every failure. */
    static final String RETRIES = "#rc=5&rp=all";

    private final TwilioApi api;
    private final TwilioAddresses addresses;
    private final ChannelReports reports;

    TwilioSetup(TwilioApi api, TwilioAddresses addresses, ChannelReports reports) {
        this.api = api;
        this.addresses = addresses;
        this.reports = reports;
    }

    @Override
    public Provider provider() {
        return TwilioProvider.TWILIO;
    }

    @Override
    public Uni<List<SetupStep>> check(CheckedChannel checked, Duration timeLimit) {
        TwilioAccount account = TwilioAccount.of(checked.channel().credentials());
        Uni<List<SetupStep>> steps;
        if (account == null) {
            steps = Uni.createFrom()
                    .item(List.of(SetupStep.missing(
                            StepName.CREDENTIALS,
                            "Set `credentials.accountSid` and `credentials.authToken` to those of the sub-account.")));
        } else {
            steps = ChannelTypes.WHATSAPP.equals(checked.channelType())
                    ? ofSender(checked, account, timeLimit)
                    : ofNumber(checked, account, timeLimit);
        }
        return steps.map(found -> Stream.concat(found.stream(), Stream.of(SetupStep.webhook(checked.lastWebhookAt())))
                .toList());
    }

    private Uni<List<SetupStep>> ofSender(CheckedChannel checked, TwilioAccount account, Duration timeLimit) {
        PhoneNumber number = new PhoneNumber(checked.channel().channelIdentifier());
        return api.sender(account, number, timeLimit)
                .map(this::ofSender)
                .onFailure()
                .recoverWithItem(TwilioSetup::refused);
    }

    private List<SetupStep> ofSender(Sender sender) {
        List<SetupStep> steps = new ArrayList<>();
        steps.add(accepted());
        if (sender == null) {
            steps.add(
                    SetupStep.missing(
                            StepName.NUMBER,
                            "The account has no WhatsApp sender with this number. Create it, or use the SID and the token of its sub-account."));
            return steps;
        }
        steps.add(
                sender.isOnline()
                        ? SetupStep.done(StepName.NUMBER, "The account has the sender, and it is online.")
                        : SetupStep.missing(
                                StepName.NUMBER,
                                "The sender is " + sender.status() + ". Complete its registration at Twilio."));
        steps.add(ofAddress(sender.webhook()));
        return steps;
    }

    private SetupStep ofAddress(String webhook) {
        String ours = addresses.publicUrlOf(TwilioWebhook.PATH);
        if (webhook == null || !(webhook.equals(ours) || webhook.startsWith(ours + "#"))) {
            return SetupStep.missing(
                    StepName.ADDRESS,
                    "Set the sender's webhook for incoming messages, with the method POST, to " + ours + RETRIES
                            + " .");
        }
        return webhook.matches(".*#.*\\brc=[1-5]\\b.*") && webhook.contains("rp=all")
                ? SetupStep.done(StepName.ADDRESS, "The webhook is ours, and Twilio repeats failed deliveries.")
                : SetupStep.missing(
                        StepName.ADDRESS,
                        "Twilio does not repeat failed deliveries. Add " + RETRIES + " to the webhook's address: "
                                + ours + RETRIES + " .");
    }

    private Uni<List<SetupStep>> ofNumber(CheckedChannel checked, TwilioAccount account, Duration timeLimit) {
        OutboundChannel channel = checked.channel();
        return TwilioVoiceNumber.find(api, account, channel.channelIdentifier(), timeLimit)
                .call(found ->
                        Unis.when(found != null, () -> reports.learnAccount(channel.ref(), account.accountSid())))
                .map(this::ofNumber)
                .onFailure()
                .recoverWithItem(TwilioSetup::refused);
    }

    private List<SetupStep> ofNumber(TwilioVoiceNumber number) {
        return number == null
                ? List.of(
                        accepted(),
                        SetupStep.missing(
                                StepName.NUMBER,
                                "The account does not have this number. Buy it, or use the SID and the token of its sub-account."))
                : List.of(
                        accepted(),
                        SetupStep.done(StepName.NUMBER, "The account has the number."),
                        number.addressStep(addresses));
    }

    private static SetupStep accepted() {
        return SetupStep.done(StepName.CREDENTIALS, "Twilio accepts the Account SID and the auth token.");
    }

    private static List<SetupStep> refused(Throwable failure) {
        return List.of(
                failure instanceof PermanentFailure
                        ? SetupStep.missing(
                                StepName.CREDENTIALS,
                                "Twilio refused the Account SID or the auth token (" + failure.getMessage()
                                        + "). Copy both once more; an API key is no auth token.")
                        : SetupStep.unknown(StepName.CREDENTIALS, "Twilio did not answer. Verify once more."),
                SetupStep.unknown(StepName.NUMBER, "Twilio did not list the numbers of the account."));
    }
}
