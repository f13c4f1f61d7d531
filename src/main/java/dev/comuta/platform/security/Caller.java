package dev.comuta.platform.security;

import io.quarkus.security.identity.SecurityIdentity;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who calls, for whoever must know: what may be done (permissions), who did it (audit), whose share it is (limits).
 * {@link #of} reads it from the identity of a request; work in the background has no caller.
 *
 * @param role never null
 * @param clientId the client company; null for the platform and for {@link #NOBODY}
 * @param userId the internal user who calls, or whose key it is; null when the caller is no person
 * @param keyId the row of the key; null for the platform's key of the configuration and for a person who signed in
 *     elsewhere
 * @param permissions what the role allows and the key, if it is narrowed, leaves of it
 */
public record Caller(Role role, Long clientId, Long userId, Long keyId, Set<Permission> permissions) {

    /** Without a key: a provider's webhook, a probe, a visitor. */
    public static final Caller NOBODY = new Caller(Role.NOBODY, null, null, null);

    /** The platform's key of the configuration. */
    public static final Caller PLATFORM = new Caller(Role.PLATFORM, null, null, null);

    private static final String ATTRIBUTE = "caller";

    /** Keeps of the permissions those that the role has. */
    public Caller {
        permissions = permissions.stream()
                .filter(permission -> permission.of(role) != Access.NONE)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A caller who may do all that the role allows. */
    public Caller(Role role, Long clientId, Long userId, Long keyId) {
        this(role, clientId, userId, keyId, Permission.allOf(role));
    }

    /** What kind of somebody a caller is; the words are stored. */
    public enum Kind {
        /** The platform's key of the configuration; has no id. */
        PLATFORM("plataforma"),
        /** A key that belongs to no person; its id is the key's. */
        KEY("chave"),
        /** An internal user, however the user came in; its id is the user's. */
        USER("usuário"),
        /** Nobody that we know; has no id. */
        NOBODY("ninguém");

        private final String stored;

        Kind(String stored) {
            this.stored = stored;
        }

        public String stored() {
            return stored;
        }
    }

    /** Whose request this is. */
    public static Caller of(SecurityIdentity identity) {
        Caller caller = identity.getAttribute(ATTRIBUTE);
        return caller == null ? NOBODY : caller;
    }

    public static String attribute() {
        return ATTRIBUTE;
    }

    public Kind kind() {
        if (userId != null) {
            return Kind.USER;
        }
        if (keyId != null) {
            return Kind.KEY;
        }
        return role == Role.PLATFORM ? Kind.PLATFORM : Kind.NOBODY;
    }

    /** The id that belongs to {@link #kind}; null when that kind has none. */
    public Long id() {
        return userId == null ? keyId : userId;
    }

    /** Kind and id in one word, for example {@code chave:17}; holds no secret and no personal data. */
    public String name() {
        return id() == null ? kind().stored() : kind().stored() + ":" + id();
    }

    /** Whether it is allowed at all; row-level security keeps to own rows whom {@link #ownRowsOf} names. */
    public boolean may(Permission permission) {
        return permission == Permission.OPEN || permissions.contains(permission);
    }

    public boolean isPlatform() {
        return role == Role.PLATFORM;
    }

    /** The user to whose own rows this caller is kept; null when the caller sees all rows of the tenant. */
    public Long ownRowsOf() {
        return role == Role.BROKER ? userId : null;
    }

    /** The owner of what one caller may ask for again: callers that may do the same at the same rows share it. */
    public String sharedName() {
        return ownRowsOf() == null ? role.stored() : name();
    }
}
