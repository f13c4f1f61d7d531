package dev.comuta.platform.http;

import io.smallrye.mutiny.Uni;
import java.net.InetAddress;
import java.util.List;

/** Port: the addresses of a host. */
interface HostResolver {

    /**
     * Resolves a name.
     *
     * @param host a complete name, not an address
     * @return its addresses, at least one, the preferred one first; fails when there is none or no server answers (may
     *     be retried)
     */
    Uni<List<InetAddress>> resolve(String host);
}
