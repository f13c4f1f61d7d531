package dev.comuta.provider.meta;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.media.MediaSource;
import dev.comuta.message.MessageSender;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.http.OutboundHttp;
import java.net.URI;
import java.util.Map;

/** The provider Meta without a server. */
public final class TestMeta {

    private TestMeta() {}

    /** Reads files of a Graph API at this address, with the token of the credentials. */
    public static MediaSource media(OutboundHttp http, URI base, ChannelDirectory channels) {
        Map<String, String> properties = Map.of("comuta.meta.base-url", base.toString());
        return new MetaMedia(new MetaApi(http, TestTransactions.config(MetaConfig.class, properties)), channels);
    }

    /** Sends to a Graph API at this address. */
    public static MessageSender sender(OutboundHttp http, URI base) {
        Map<String, String> properties = Map.of("comuta.meta.base-url", base.toString());
        return new MetaSender(new MetaApi(http, TestTransactions.config(MetaConfig.class, properties)));
    }
}
