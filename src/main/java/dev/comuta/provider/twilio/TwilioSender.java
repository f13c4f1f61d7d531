package dev.comuta.provider.twilio;

import dev.comuta.channel.Provider;
import dev.comuta.message.Content;
import dev.comuta.message.MessageSender;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.provider.twilio.TwilioApi.Sent;
import dev.comuta.provider.twilio.TwilioApi.Text;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/**
 * Sends WhatsApp texts over Twilio. Twilio takes a repeated request for another message, so from the second attempt on it
 * is asked first whether it has the message already: one with the same text, no older than ours, that did not fail and is
 * not known to be another.
 */
@ApplicationScoped
class TwilioSender implements MessageSender {

    private static final int MAX_TEXT = 1_600;

    /** How far Twilio's clock may be behind. */
    private static final Duration CLOCKS = Duration.ofMinutes(1);

    private final TwilioApi api;
    private final TwilioAddresses addresses;

    TwilioSender(TwilioApi api, TwilioAddresses addresses) {
        this.api = api;
        this.addresses = addresses;
    }

    @Override
    public Provider provider() {
        return TwilioProvider.TWILIO;
    }

    @Override
    public boolean supports(Content content) {
        return content instanceof Content.Text text && text.text().length() <= MAX_TEXT;
    }

    @Override
    public Uni<String> send(OutgoingMessage message) {
        TwilioAccount account = TwilioAccount.of(message.channel().credentials());
        if (account == null) {
            return Uni.createFrom().failure(new PermanentFailure("the channel has no credentials of Twilio"));
        }
        Text text = new Text(
                TwilioMessage.withScheme(message.channel().channelIdentifier()),
                TwilioMessage.withScheme(message.to()),
                message.content().readableText());
        return message.earlier() == null
                ? post(account, message, text)
                : api.newest(account, text)
                        .map(sent -> found(sent, message))
                        .chain(sid -> sid == null
                                ? post(account, message, text)
                                : Uni.createFrom().item(sid));
    }

    private Uni<String> post(TwilioAccount account, OutgoingMessage message, Text text) {
        return api.send(
                account, text, addresses.statusCallback(message.channel().ref().channelId(), message.messageId()));
    }

    private static String found(List<Sent> sent, OutgoingMessage message) {
        PreviousAttempts earlier = message.earlier();
        return sent.stream()
                .filter(one -> !one.failed())
                .filter(one -> message.content()
                        .readableText()
                        .strip()
                        .equals(one.body() == null ? null : one.body().strip()))
                .filter(one -> !one.createdAt().isBefore(earlier.writtenAt().minus(CLOCKS)))
                .map(Sent::sid)
                .filter(sid -> !earlier.takenIds().contains(sid))
                .findFirst()
                .orElse(null);
    }
}
