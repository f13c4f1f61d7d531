package dev.comuta.platform.security;

import io.smallrye.mutiny.Uni;
import java.util.Set;

/** Port: checks keys of callers whose requests last. */
public interface KeyCheck {

    /**
     * The keys that are still valid and have the permission: not revoked or expired, of an active client and user.
     *
     * @return a part of the given ids; fails only when the database is unavailable
     */
    Uni<Set<Long>> stillAllowed(Permission permission, Set<Long> keyIds);
}
