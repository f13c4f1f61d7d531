package dev.comuta.provider.livekit;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.provider.livekit.api.LiveKitAccount;
import dev.comuta.provider.livekit.api.LiveKitSignature;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The channels that a webhook may be about: those whose credentials have the API key that signed it. Different clients may
 * claim the same key, so only the channels whose own secret verifies the signature are the owners.
 */
record LiveKitOwner(List<ChannelRoute> routes) {

    private static final LiveKitOwner UNKNOWN = new LiveKitOwner(List.of());

    LiveKitOwner {
        routes = List.copyOf(routes);
    }

    /**
     * The active channels with the API key that a header names, which may be forged.
     *
     * @param authorization null when it is missing
     * @return without channels for an unknown key; fails when the database does not respond
     */
    static Uni<LiveKitOwner> of(ChannelDirectory channels, String authorization) {
        String issuer = LiveKitSignature.issuer(authorization);
        return issuer == null
                ? Uni.createFrom().item(UNKNOWN)
                : channels.findRoutesOfAccount(LiveKitProvider.LIVEKIT, issuer).map(LiveKitOwner::new);
    }

    /** The secrets of all channels. */
    List<String> secrets() {
        return routes.stream().flatMap(LiveKitOwner::secrets).distinct().toList();
    }

    /** The owner with only the channels whose secret signed the bytes. */
    LiveKitOwner signed(String authorization, byte[] body, Instant now) {
        return new LiveKitOwner(routes.stream()
                .filter(route ->
                        secrets(route).anyMatch(secret -> LiveKitSignature.verifies(secret, authorization, body, now)))
                .toList());
    }

    private static Stream<String> secrets(ChannelRoute route) {
        return Stream.of(LiveKitAccount.of(route.ref().clientId(), route.credentials()))
                .filter(Objects::nonNull)
                .flatMap(account -> account.secrets().stream());
    }
}
