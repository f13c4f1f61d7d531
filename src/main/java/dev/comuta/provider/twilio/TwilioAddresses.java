package dev.comuta.provider.twilio;

import dev.comuta.message.content.MessageReference;
import dev.comuta.platform.boot.PublicUrlConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;

/** The URLs of our webhooks, as Twilio calls and signs them. */
@ApplicationScoped
public class TwilioAddresses {

    /** Path of the webhook for message statuses. */
    static final String STATUS_PATH = TwilioWebhook.PATH + "/status";

    /** Query parameter: our id of the channel that sent the message. */
    static final String CHANNEL = "channel";

    /**
     * Query parameter: our id of the message. It identifies the message when a status arrives before Twilio's response.
     */
    static final String MESSAGE = "message";

    /** Path of the webhook for calls. */
    public static final String VOICE_PATH = "/webhooks/twilio/voice";

    /** Begin of the path of a connection with the assistant; channel, call and position follow. */
    public static final String RELAY_PATH = VOICE_PATH + "/relay";

    /** Connection overrides of webhooks for calls: three retries, after every failure. Twilio waits 15 seconds in all. */
    public static final String VOICE_RETRIES = "#rc=3&rp=all";

    private static final int MAX_DIGITS = 18;

    private final String publicUrl;

    TwilioAddresses(PublicUrlConfig config) {
        this.publicUrl = config.publicUrl().toString().replaceFirst("/+$", "");
    }

    /** The URL that Twilio called, from the path and query as received. */
    public String publicUrlOf(String pathAndQuery) {
        return publicUrl + pathAndQuery;
    }

    /** The same for a WebSocket, which Twilio opens over TLS only. */
    public String publicSocketUrlOf(String pathAndQuery) {
        return publicUrlOf(pathAndQuery).replaceFirst("^https?", "wss");
    }

    /** The URL to which Twilio sends the statuses of a message. */
    URI statusCallback(long channelId, MessageReference message) {
        return URI.create(publicUrlOf(STATUS_PATH + "?" + CHANNEL + "=" + channelId + "&" + MESSAGE + "=" + message));
    }

    /** {@return one of our ids in a query, or null when it is missing or invalid} */
    static Long id(String text) {
        return text == null || text.length() > MAX_DIGITS || !text.matches("[0-9]+") ? null : Long.valueOf(text);
    }
}
