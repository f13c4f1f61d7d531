package dev.comuta.provider.meta;

import dev.comuta.channel.ChannelRoute;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An app at Meta that delivers: the platform's, or the own app of a client. Its secrets sign deliveries.
 *
 * @param clientId the client whose channels alone the app may deliver for; null for the platform's app
 * @param secrets the valid app secrets: several during a rotation
 * @param verifyTokens the tokens that Meta sends to verify the address
 */
record MetaApp(Long clientId, List<String> secrets, List<String> verifyTokens) {

    /** Credential of a channel: the secret of the client's own app. */
    static final String APP_SECRET = "appSecret";

    /** Credential of a channel: the former secret, which is also accepted during a rotation. */
    static final String PREVIOUS_APP_SECRET = "previousAppSecret";

    /** Credential of a channel: the verify token of the client's own app. */
    static final String VERIFY_TOKEN = "verifyToken";

    /** An address that names a channel without an app. */
    static final MetaApp UNKNOWN = new MetaApp(null, List.of(), List.of());

    static MetaApp ofPlatform(MetaConfig config) {
        return new MetaApp(
                null,
                config.appSecret().orElse(List.of()),
                config.verifyToken().stream().toList());
    }

    /** The own app of the client of this channel. */
    static MetaApp of(ChannelRoute route) {
        return route == null || !MetaProvider.META.equals(route.provider()) || route.credentials() == null
                ? UNKNOWN
                : new MetaApp(
                        route.ref().clientId(),
                        texts(route.credentials(), APP_SECRET, PREVIOUS_APP_SECRET),
                        texts(route.credentials(), VERIFY_TOKEN));
    }

    private static List<String> texts(JsonObject credentials, String... names) {
        return Stream.of(names)
                .map(name -> Optional.ofNullable(credentials.getValue(name)))
                .flatMap(Optional::stream)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(text -> !text.isBlank())
                .toList();
    }

    /** Whether the app may deliver for this channel. */
    boolean mayDeliverFor(ChannelRoute route) {
        return clientId == null || clientId == route.ref().clientId();
    }

    @Override
    public String toString() {
        return "MetaApp[clientId=" + clientId + "]";
    }
}
