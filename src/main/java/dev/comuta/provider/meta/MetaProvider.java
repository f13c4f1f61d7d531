package dev.comuta.provider.meta;

import dev.comuta.channel.ChannelTypes;
import dev.comuta.channel.Provider;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;

/** The provider Meta: the WhatsApp Cloud API. */
@Dependent
class MetaProvider {

    @Produces
    @Singleton
    static final Provider META = Provider.of("Meta", ChannelTypes.WHATSAPP)
            .with(
                    Set.of("accessToken"),
                    Set.of(
                            MetaTemplates.BUSINESS_ACCOUNT,
                            MetaApp.APP_SECRET,
                            MetaApp.PREVIOUS_APP_SECRET,
                            MetaApp.VERIFY_TOKEN))
            .withInUrls(MetaTemplates.BUSINESS_ACCOUNT)
            .withFormat(
                    MetaTemplates.BUSINESS_ACCOUNT,
                    "\\d+",
                    "must be the id of the WhatsApp Business account, which has digits only")
            .withIdFormat("\\d+", "must be the phone_number_id of Meta, which has digits only")
            .withFormer(MetaApp.PREVIOUS_APP_SECRET);

    private MetaProvider() {}
}
