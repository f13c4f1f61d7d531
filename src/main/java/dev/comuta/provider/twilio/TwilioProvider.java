package dev.comuta.provider.twilio;

import dev.comuta.channel.ChannelTypes;
import dev.comuta.channel.Provider;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;

/** The provider Twilio. */
@Dependent
public class TwilioProvider {

    @Produces
    @Singleton
    public static final Provider TWILIO = Provider.of("Twilio", ChannelTypes.WHATSAPP, ChannelTypes.VOICE_CALL)
            .with(Set.of("accountSid", "authToken"), Set.of("previousAuthToken"))
            .withInUrls("accountSid")
            .withFormat("accountSid", "AC[0-9a-fA-F]{32}", "must be AC and 32 hexadecimal digits")
            .withFormer("previousAuthToken");

    private TwilioProvider() {}
}
