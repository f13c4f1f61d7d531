package dev.comuta.provider.twilio;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.webhook.WebhookEndpoint;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.TreeMap;

/** Finds the channel of a WebSocket that Twilio opens, and checks the signature of the request. */
@ApplicationScoped
public class TwilioSockets {

    /** Name of the signature's header. */
    public static final String SIGNATURE = TwilioSignature.HEADER;

    private static final TwilioForm NO_FIELDS = new TwilioForm(new TreeMap<>());

    /** Checked for an unknown channel, so that its rejection takes as long as that of a known one. */
    private static final List<String> DUMMY_TOKENS = List.of("00000000000000000000000000000000");

    private final ChannelDirectory channels;
    private final TwilioAddresses addresses;

    TwilioSockets(ChannelDirectory channels, TwilioAddresses addresses) {
        this.channels = channels;
        this.addresses = addresses;
    }

    /**
     * The active channel that a request names, when its account signed the request.
     *
     * @param pathAndQuery as received
     * @param signature the header; null when it is missing
     * @return fails with 401 when the signature does not match; it does not disclose whether the channel is known
     */
    public Uni<ChannelRoute> signed(long channelId, String pathAndQuery, String signature) {
        return channels.findRoute(channelId).invoke(route -> check(TwilioAccount.of(route), pathAndQuery, signature));
    }

    private void check(TwilioAccount account, String pathAndQuery, String signature) {
        String url = addresses.publicSocketUrlOf(pathAndQuery);
        boolean signed = false;
        for (String token : account == null ? DUMMY_TOKENS : account.tokens()) {
            signed |= TwilioSignature.verifies(token, signature, url, NO_FIELDS);
        }
        if (!signed || account == null) {
            throw unsigned();
        }
    }

    private static Problem unsigned() {
        return WebhookEndpoint.unsigned(SIGNATURE + " is missing or does not match");
    }
}
