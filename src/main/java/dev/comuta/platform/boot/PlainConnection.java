package dev.comuta.platform.boot;

import dev.comuta.platform.boot.Unsafe.Setting;
import java.net.URI;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Refuses a connection without TLS to another machine: whoever reads the network reads its password. */
public final class PlainConnection {

    private static final Pattern THIS_MACHINE = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    private PlainConnection() {}

    /**
     * The unsafe setting, if the connection is one.
     *
     * @param property the property of the URL; its sibling {@code plain} allows the connection
     * @param isTls whether the URL asks for TLS
     * @param remedy how a URL asks for TLS
     */
    public static Stream<Setting> of(String property, URI url, boolean isTls, boolean isAllowed, String remedy) {
        boolean isSafe = isTls || isAllowed || isThisMachine(url.getHost());
        return isSafe
                ? Stream.empty()
                : Stream.of(new Setting(
                        property,
                        "leads to another machine without TLS; " + remedy + ", or set "
                                + property.substring(0, property.lastIndexOf('.')) + ".plain=true in a network that "
                                + "nobody else reads"));
    }

    private static boolean isThisMachine(String host) {
        return host != null && THIS_MACHINE.matcher(host).matches();
    }
}
