package dev.comuta.provider.twilio;

import dev.comuta.channel.ChannelRoute;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/**
 * A client's account at Twilio, from its channel's credentials.
 *
 * @param previousAuthToken the former token, which is also accepted during the overlap of a rotation; may be null
 */
public record TwilioAccount(String accountSid, String authToken, String previousAuthToken) {

    /** {@return the account in a channel's credentials, or null when they have no accountSid or authToken} */
    public static TwilioAccount of(JsonObject credentials) {
        if (credentials == null
                || !(credentials.getValue("accountSid") instanceof String accountSid)
                || !(credentials.getValue("authToken") instanceof String authToken)
                || authToken.isEmpty()) {
            return null;
        }
        return new TwilioAccount(
                accountSid, authToken, credentials.getValue("previousAuthToken") instanceof String text ? text : null);
    }

    /** {@return the account of a channel, or null when it is unknown, of another provider or without credentials} */
    static TwilioAccount of(ChannelRoute route) {
        return route == null || !TwilioProvider.TWILIO.equals(route.provider()) ? null : of(route.credentials());
    }

    /** The tokens with which Twilio may sign a webhook. */
    List<String> tokens() {
        return Stream.of(authToken, previousAuthToken)
                .filter(token -> token != null && !token.isEmpty())
                .toList();
    }

    @Override
    public String toString() {
        return "TwilioAccount[accountSid=" + accountSid + "]";
    }
}
