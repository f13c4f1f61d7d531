package dev.comuta.provider.gateway;

import dev.comuta.media.MediaSource;
import dev.comuta.message.MessageSender;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.http.OutboundHttp;
import java.time.Clock;

/** The provider Gateway without a server. */
public final class TestGateway {

    private TestGateway() {}

    /** Reads files of gateways. */
    public static MediaSource media() {
        return new GatewayMedia();
    }

    /** Sends to the gateways of channels. */
    public static MessageSender sender(OutboundHttp http) {
        GatewayConfig config = TestTransactions.config(GatewayConfig.class);
        return new GatewaySender(new GatewayApi(http, config, Clock.systemUTC()));
    }
}
