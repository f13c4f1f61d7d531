package dev.comuta.provider.meta;

import dev.comuta.channel.ChannelTypes;
import dev.comuta.channel.Provider;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The provider Meta: the WhatsApp Cloud API. */
@Dependent
class MetaProvider {

    @Produces
    @Singleton
    static final Provider META = Provider.of("Meta", ChannelTypes.WHATSAPP);

    private MetaProvider() {}
}
