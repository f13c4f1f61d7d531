package dev.comuta.platform.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The scope of an address, by IANA's special-purpose registries (RFC 6890) and the metadata addresses of clouds. An
 * address that is not known to be public is not public.
 */
enum AddressScope {
    /** A unicast address of the Internet. */
    PUBLIC,
    /** A private network: only for a client whose allow-list names the host. */
    PRIVATE,
    /** Loopback, link-local, metadata services, multicast, transition and unassigned ranges: never allowed. */
    NEVER;

    private static final int IPV4_BYTES = 4;

    private static final List<Range> PRIVATE_NETWORKS =
            ranges("10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10 fc00::/7");

    /** Metadata services of clouds: inside a private range, but not allowed by listing a host. */
    private static final List<Range> METADATA = ranges("100.100.100.200/32 fd00:ec2::/32 168.63.129.16/32");

    private static final List<Range> SPECIAL_IPV4 = ranges("0.0.0.0/8 127.0.0.0/8 169.254.0.0/16 192.0.0.0/24"
            + " 192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.175.48.0/24 198.18.0.0/15"
            + " 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4");

    /** The range of global unicast addresses. */
    private static final Range UNICAST_IPV6 = Range.of("2000::/3");

    /** IETF protocols (Teredo, ORCHID, benchmarks), documentation, 6to4, AS112. */
    private static final List<Range> SPECIAL_IPV6 =
            ranges("2001::/23 2001:db8::/32 2002::/16 3fff::/20" + " 2620:4f:8000::/48");

    /** The scope of the address. IPv4 inside IPv6 (mapped, NAT64, 6to4) is never public. */
    static AddressScope of(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (isIn(METADATA, bytes)) {
            return NEVER;
        }
        if (isIn(PRIVATE_NETWORKS, bytes)) {
            return PRIVATE;
        }
        boolean known = bytes.length == IPV4_BYTES ? !isIn(SPECIAL_IPV4, bytes) : isPublicIpv6(bytes);
        return known ? PUBLIC : NEVER;
    }

    private static boolean isPublicIpv6(byte[] bytes) {
        return UNICAST_IPV6.holds(bytes) && !isIn(SPECIAL_IPV6, bytes);
    }

    private static boolean isIn(List<Range> ranges, byte[] address) {
        return ranges.stream().anyMatch(range -> range.holds(address));
    }

    private static List<Range> ranges(String list) {
        return Pattern.compile(" ").splitAsStream(list).map(Range::of).toList();
    }

    /** Addresses with a common prefix. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Range(byte[] prefix, int bits) {

        static Range of(String text) {
            String[] parts = text.split("/", 2);
            try {
                return new Range(InetAddress.getByName(parts[0]).getAddress(), Integer.parseInt(parts[1]));
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(text, e);
            }
        }

        boolean holds(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % Byte.SIZE);
                if (((address[bit / Byte.SIZE] ^ prefix[bit / Byte.SIZE]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
