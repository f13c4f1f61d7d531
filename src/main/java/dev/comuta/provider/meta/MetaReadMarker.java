package dev.comuta.provider.meta;

import dev.comuta.channel.OutboundChannel;
import dev.comuta.channel.Provider;
import dev.comuta.message.reading.ReadMarker;
import dev.comuta.platform.problem.PermanentFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

/** Read receipts and typing indicators of the Graph API, which takes both in one request. */
@ApplicationScoped
class MetaReadMarker implements ReadMarker {

    private final MetaApi api;

    MetaReadMarker(MetaApi api) {
        this.api = api;
    }

    @Override
    public Provider provider() {
        return MetaProvider.META;
    }

    @Override
    public Uni<Void> markRead(OutboundChannel channel, String providerMessageId, boolean typing) {
        MetaAccount account = MetaAccount.of(channel.providerId(), channel.credentials());
        return account == null
                ? Uni.createFrom().failure(new PermanentFailure(MetaAccount.MISSING))
                : api.request(
                                "POST",
                                "/" + channel.providerId() + "/messages",
                                account.accessToken(),
                                body(providerMessageId, typing),
                                MetaErrors::of)
                        .replaceWithVoid();
    }

    static JsonObject body(String providerMessageId, boolean typing) {
        JsonObject body = new JsonObject()
                .put("messaging_product", "whatsapp")
                .put("status", "read")
                .put("message_id", providerMessageId);
        return typing ? body.put("typing_indicator", new JsonObject().put("type", "text")) : body;
    }
}
