package dev.comuta.provider.twilio;

import dev.comuta.platform.boot.PublicUrlConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;

/** The addresses at which Twilio calls us, as Twilio writes and signs them. */
@ApplicationScoped
class TwilioAddresses {

    /** Where statuses of messages arrive. */
    static final String STATUS_PATH = TwilioWebhook.PATH + "/status";

    /** Query parameter: our id of the channel that a message left by. */
    static final String CHANNEL = "channel";

    /** Query parameter: our id of the message, so that a status that overtakes the answer to the send finds it. */
    static final String MESSAGE = "message";

    private static final int MAX_DIGITS = 18;

    private final String publicUrl;

    TwilioAddresses(PublicUrlConfig config) {
        this.publicUrl = config.publicUrl().toString().replaceFirst("/+$", "");
    }

    /** What Twilio called, given the path and query that arrived here. */
    String called(String pathAndQuery) {
        return publicUrl + pathAndQuery;
    }

    /** Where statuses of a message are to be sent. */
    URI statusCallback(long channelId, long messageId) {
        return URI.create(called(STATUS_PATH + "?" + CHANNEL + "=" + channelId + "&" + MESSAGE + "=" + messageId));
    }

    /** One of our ids in a query; null when it is missing or is none. */
    static Long id(String text) {
        return text == null || text.length() > MAX_DIGITS || !text.matches("[0-9]+") ? null : Long.valueOf(text);
    }
}
