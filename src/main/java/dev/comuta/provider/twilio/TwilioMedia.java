package dev.comuta.provider.twilio;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.media.MediaSource;
import dev.comuta.platform.http.UrlSource;
import dev.comuta.platform.problem.PermanentFailure;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Files of Twilio: a message has the URL of a file, which is read with the account's credentials and redirects to another
 * host, which gets none. Only hosts of Twilio get them.
 */
@ApplicationScoped
class TwilioMedia implements MediaSource {

    /** Most bytes of a file, in both directions. */
    static final long LIMIT = 16L << 20;

    private static final Pattern TWILIO =
            Pattern.compile("https://(?:api\\.twilio\\.com|mcs\\.[a-z0-9-]{1,40}\\.twilio\\.com)/[^\\s]*");

    /** A recording has no type in its URL, and answers 400 for two channels when it has one. */
    private static final Pattern RECORDING = Pattern.compile("[^?]*/Recordings/RE[0-9a-fA-F]{32}");

    private static final String ONE_CHANNEL = ".wav";
    private static final String BOTH_CHANNELS = ONE_CHANNEL + "?RequestedChannels=2";

    /** The store of files is at hosts that Twilio does not name. */
    private static final Redirects REDIRECTS = new Redirects(3, host -> true);

    private final ChannelDirectory channels;
    private final TwilioConfig config;

    TwilioMedia(ChannelDirectory channels, TwilioConfig config) {
        this.channels = channels;
        this.config = config;
    }

    @Override
    public String provider() {
        return TwilioProvider.TWILIO.stored();
    }

    @Override
    public long limit() {
        return LIMIT;
    }

    @Override
    public Uni<MediaLocation> locate(RemoteFile file) {
        String url = file.ref().url();
        if (url == null || !isOfTwilio(url)) {
            throw new PermanentFailure("the file's address is not one of Twilio");
        }
        return channels.findRoute(file.channelId()).map(TwilioMedia::account).map(account -> location(file, account));
    }

    private boolean isOfTwilio(String url) {
        return TWILIO.matcher(url).matches()
                || config.baseUrl()
                        .filter(base -> url.startsWith(base.toString().replaceFirst("/+$", "") + "/"))
                        .isPresent();
    }

    private static MediaLocation location(RemoteFile file, TwilioAccount account) {
        byte[] user = (account.accountSid() + ":" + account.authToken()).getBytes(StandardCharsets.UTF_8);
        String url = file.ref().url();
        boolean isRecording = RECORDING.matcher(url).matches();
        return new MediaLocation(
                isRecording ? url + BOTH_CHANNELS : url,
                Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(user)),
                new UrlSource.Client(file.clientId()),
                REDIRECTS,
                isRecording ? url + ONE_CHANNEL : null);
    }

    private static TwilioAccount account(ChannelRoute route) {
        TwilioAccount account = route == null ? null : TwilioAccount.of(route.credentials());
        if (account == null) {
            throw new PermanentFailure("the channel has no account at Twilio");
        }
        return account;
    }
}
