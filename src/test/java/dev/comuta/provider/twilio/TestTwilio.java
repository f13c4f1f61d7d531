package dev.comuta.provider.twilio;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.media.MediaSource;
import dev.comuta.message.MessageSender;
import dev.comuta.platform.boot.PublicUrlConfig;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.trace.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import java.net.URI;
import java.time.Clock;
import java.util.Map;

/** The provider Twilio without a server. */
public final class TestTwilio {

    private TestTwilio() {}

    /** Reads files of a Twilio at this address, with the account of the credentials. */
    public static MediaSource media(URI base, ChannelDirectory channels) {
        return new TwilioMedia(
                channels,
                TestTransactions.config(TwilioConfig.class, Map.of("comuta.twilio.base-url", base.toString())));
    }

    /** Sends to a Twilio at this address. */
    public static MessageSender sender(URI base) {
        TwilioConfig config =
                TestTransactions.config(TwilioConfig.class, Map.of("comuta.twilio.base-url", base.toString()));
        PublicUrlConfig address =
                TestTransactions.config(PublicUrlConfig.class, Map.of("comuta.public-url", "https://comuta.example"));
        Tracing untraced = new Tracing(OpenTelemetry.noop(), () -> true);
        return new TwilioSender(new TwilioApi(config, untraced, Clock.systemUTC()), new TwilioAddresses(address));
    }

    /** The templates of a Twilio at this address. */
    static TwilioTemplates templates(URI base) {
        TwilioConfig config =
                TestTransactions.config(TwilioConfig.class, Map.of("comuta.twilio.base-url", base.toString()));
        return new TwilioTemplates(
                new TwilioApi(config, new Tracing(OpenTelemetry.noop(), () -> true), Clock.systemUTC()));
    }

    /** The REST API of a Twilio at this address. */
    public static TwilioApi api(URI base) {
        return new TwilioApi(
                TestTransactions.config(TwilioConfig.class, Map.of("comuta.twilio.base-url", base.toString())),
                new Tracing(OpenTelemetry.noop(), () -> true),
                Clock.systemUTC());
    }

    /** The addresses of a server at comuta.example. */
    public static TwilioAddresses addresses() {
        return new TwilioAddresses(
                TestTransactions.config(PublicUrlConfig.class, Map.of("comuta.public-url", "https://comuta.example")));
    }
}
