package dev.comuta.platform.http;

import io.smallrye.mutiny.Uni;
import java.net.InetAddress;
import java.util.List;

/** Port: the addresses of a host. */
interface HostResolver {

    /**
     * Looks a name up.
     *
     * @param host a complete name, no address
     * @return its addresses, at least one, the best first; fails when there is none or nobody answers (may be retried)
     */
    Uni<List<InetAddress>> resolve(String host);
}
