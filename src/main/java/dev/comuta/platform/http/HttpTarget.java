package dev.comuta.platform.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A URL, parsed once: the check and the connection use the same parts, so that a second parser cannot see another host.
 * Only one spelling of an address is valid (four decimal numbers, or IPv6 in brackets); the spellings that some
 * libraries accept (octal, hexadecimal, one number) are rejected.
 *
 * @param host in lower case, without the final dot; an IPv6 address without its brackets
 * @param port as written, or the scheme's default
 * @param resource path and query, as written; at least "/"
 * @param literal the address, when the host is one
 */
record HttpTarget(boolean tls, String host, int port, String resource, Optional<InetAddress> literal) {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_HOST = 253;
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+]");
    private static final Pattern NAME =
            Pattern.compile("(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern NUMBER = Pattern.compile("(?:.*\\.)?(?:\\d+|0x[0-9a-f]*)");

    /** Parses an absolute http or https URL. Fails with an {@link IllegalArgumentException} that names the fault. */
    static HttpTarget of(String url) {
        URI uri = parsed(url);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean tls = scheme.equals("https");
        if (uri.getHost() == null || !(tls || scheme.equals("http"))) {
            throw new IllegalArgumentException("must be an absolute http or https URL");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("must not contain a user");
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        Optional<InetAddress> literal = literal(host);
        return new HttpTarget(
                tls,
                literal.isPresent() ? host.replaceAll("[\\[\\]]", "") : name(host),
                port(uri, tls),
                resource(uri),
                literal);
    }

    private static URI parsed(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException notAUrl) {
            throw new IllegalArgumentException("must be an absolute http or https URL", notAUrl);
        }
    }

    /** {@return the address in the host part, without a DNS query, or empty for a name} */
    private static Optional<InetAddress> literal(String host) {
        if (!IPV4.matcher(host).matches() && !IPV6.matcher(host).matches()) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.getByName(host);
            if (host.startsWith("[") && address instanceof Inet4Address) {
                throw new IllegalArgumentException("must write an IPv4 address as four numbers");
            }
            return Optional.of(address);
        } catch (UnknownHostException notAnAddress) {
            throw new IllegalArgumentException("must have a host", notAnAddress);
        }
    }

    private static String name(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (name.length() > MAX_HOST
                || !NAME.matcher(name).matches()
                || NUMBER.matcher(name).matches()) {
            throw new IllegalArgumentException("must have a host name or an address in its usual form");
        }
        return name;
    }

    private static int port(URI uri, boolean tls) {
        if (uri.getPort() > MAX_PORT || uri.getPort() == 0) {
            throw new IllegalArgumentException("must have a port from 1 to " + MAX_PORT);
        }
        int usual = tls ? HTTPS : HTTP;
        return uri.getPort() < 0 ? usual : uri.getPort();
    }

    private static String resource(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }
}
