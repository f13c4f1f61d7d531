package dev.comuta.provider.twilio;

import dev.comuta.channel.ChannelProbe;
import dev.comuta.channel.ChannelTypes;
import dev.comuta.channel.Provider;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.rest.PhoneNumber;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Looks for the number in the account: among its WhatsApp senders, or among its telephone numbers. */
@ApplicationScoped
class TwilioProbe implements ChannelProbe {

    private final TwilioApi api;

    TwilioProbe(TwilioApi api) {
        this.api = api;
    }

    @Override
    public Provider provider() {
        return TwilioProvider.TWILIO;
    }

    /** Each HTTP request also has the limit {@link TwilioConfig#requestTimeLimit}. */
    @Override
    public Uni<Boolean> readsNumber(ProbedChannel channel, Duration timeLimit) {
        TwilioAccount account = TwilioAccount.of(channel.credentials());
        if (account == null) {
            return Uni.createFrom().failure(new PermanentFailure("the channel has no Twilio credentials"));
        }
        return ChannelTypes.WHATSAPP.equals(channel.channelType())
                ? api.hasWhatsAppSender(account, new PhoneNumber(channel.channelIdentifier()), timeLimit)
                : api.hasNumber(account, channel.channelIdentifier(), timeLimit);
    }
}
