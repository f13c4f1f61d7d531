package dev.comuta.platform.rate;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.HexFormat;

/**
 * The network from which a request comes: an IPv4 address, or the first 64 bits of an IPv6 address, of which one caller
 * may use all. Behind a proxy it is the caller's only with quarkus.http.proxy.proxy-address-forwarding.
 */
public final class CallerAddress {

    private static final int IPV6_BYTES = 16;
    private static final int NETWORK_BYTES = 8;

    private CallerAddress() {}

    /** {@return the network; the same text for all requests whose address is unknown} */
    public static String network(HttpServerRequest request) {
        SocketAddress address = request.remoteAddress();
        String host = address == null ? null : address.hostAddress();
        byte[] bytes = host == null ? null : NetUtil.createByteArrayFromIpAddressString(host);
        if (bytes == null) {
            return "unknown";
        }
        return HexFormat.of().formatHex(bytes, 0, bytes.length == IPV6_BYTES ? NETWORK_BYTES : bytes.length);
    }
}
