package dev.comuta.provider.gateway;

import dev.comuta.channel.ChannelTypes;
import dev.comuta.channel.Provider;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The provider Gateway: a client's own system, addressed by signed JSON. */
@Dependent
class GatewayProvider {

    @Produces
    @Singleton
    static final Provider GATEWAY = Provider.of("Gateway", ChannelTypes.WHATSAPP, ChannelTypes.VOICE_CALL);

    private GatewayProvider() {}
}
