package dev.comuta.platform.http;

import io.smallrye.mutiny.Uni;
import java.util.Set;

/** Port: hosts in private networks that one client's calls may reach, besides all public hosts. */
public interface AllowedHosts {

    /**
     * The hosts of a client.
     *
     * @return names and addresses in lower case, possibly none; may be some seconds old; fails only when the database
     *     is unavailable (may be retried)
     */
    Uni<Set<String>> of(long clientId);
}
