package dev.comuta.provider.meta;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.channel.Provider;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.webhook.WebhookRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds the app that delivers, and the channels that it may deliver for. The address without a query is that of the
 * platform's app; a client's own app has the address with {@code ?channel=} and the id of one of the client's channels.
 */
@ApplicationScoped
class MetaApps {

    /** Query parameter: our id of a channel of the client whose app delivers. */
    static final String CHANNEL = "channel";

    private static final Provider META = MetaProvider.META;
    private static final int MAX_DIGITS = 18;

    private final ChannelDirectory channels;
    private final MetaApp platform;

    MetaApps(ChannelDirectory channels, MetaConfig config) {
        this.channels = channels;
        this.platform = MetaApp.ofPlatform(config);
    }

    /** The app of the address; {@link MetaApp#UNKNOWN} for one that names no such channel. */
    Uni<MetaApp> of(WebhookRequest request) {
        String channel = request.parameter(CHANNEL);
        if (channel == null) {
            return Uni.createFrom().item(platform);
        }
        return channel.length() > MAX_DIGITS || !channel.matches("[0-9]+")
                ? Uni.createFrom().item(MetaApp.UNKNOWN)
                : channels.findRoute(Long.parseLong(channel)).map(MetaApp::of);
    }

    /** The channels of Meta's ids of numbers; without those of unknown numbers and of other clients. */
    Uni<Map<String, ChannelRoute>> channelsOf(MetaApp app, Collection<String> phoneNumberIds) {
        Map<String, ChannelRoute> known = new HashMap<>();
        return InOrder.each(phoneNumberIds, id -> channels.findRouteByProviderId(META, id)
                        .invoke(route -> {
                            if (route != null && app.mayDeliverFor(route)) {
                                known.put(id, route);
                            }
                        }))
                .replaceWith(known);
    }
}
