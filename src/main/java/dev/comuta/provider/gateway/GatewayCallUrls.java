package dev.comuta.provider.gateway;

import dev.comuta.call.answer.Hook;
import dev.comuta.call.answer.HookUrls;
import dev.comuta.call.hook.HookQuery;
import dev.comuta.platform.boot.PublicUrlConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;

/** The URLs of our webhook for calls, as gateways reach it. */
@ApplicationScoped
class GatewayCallUrls {

    private final String webhook;

    GatewayCallUrls(PublicUrlConfig config) {
        this.webhook = config.publicUrl().toString().replaceFirst("/+$", "") + GatewayCallWebhook.PATH;
    }

    /** The URLs of the hooks of a channel's calls. */
    HookUrls of(long channelId) {
        return hook -> url(channelId, hook);
    }

    private URI url(long channelId, Hook hook) {
        return URI.create(webhook + "?" + HookQuery.of(channelId, hook));
    }
}
