package dev.comuta.platform.security;

import io.quarkus.security.identity.SecurityIdentity;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The authenticated caller: permissions, audit identity, quota owner. {@link #of} reads it from the identity of a
 * request; background work has no caller.
 *
 * @param role never null
 * @param clientId the client company; null for the platform and for {@link #NOBODY}
 * @param userId the internal user, or the owner of the key; null when the caller is not a person
 * @param keyId the row of the key; null for the platform's key of the configuration and for a person who signed in
 *     elsewhere
 * @param permissions the permissions of the role, limited to the scopes of the key
 */
public record Caller(Role role, Long clientId, Long userId, Long keyId, Set<Permission> permissions) {

    /** Without a key: a provider's webhook, a probe, a visitor. */
    public static final Caller NOBODY = new Caller(Role.NOBODY, null, null, null);

    /** The platform's key of the configuration. */
    public static final Caller PLATFORM = new Caller(Role.PLATFORM, null, null, null);

    private static final String ATTRIBUTE = "caller";

    /** Removes permissions that the role does not have. */
    public Caller {
        permissions = permissions.stream()
                .filter(permission -> permission.of(role) != Access.NONE)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A caller with all permissions of the role. */
    public Caller(Role role, Long clientId, Long userId, Long keyId) {
        this(role, clientId, userId, keyId, Permission.allOf(role));
    }

    /** The kind of a caller. Its name is stored. */
    public enum Kind {
        /** The platform's key of the configuration; has no id. */
        PLATFORM("plataforma"),
        /** A key without a person; its id is the key's. */
        KEY("chave"),
        /** An internal user, by key or sign-in; its id is the user's. */
        USER("usuário"),
        /** A caller without a key; has no id. */
        NOBODY("ninguém");

        private final String stored;

        Kind(String stored) {
            this.stored = stored;
        }

        public String stored() {
            return stored;
        }
    }

    /** The caller of the request. */
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

    /** {@return the id that belongs to {@link #kind}, or null when that kind has none} */
    public Long id() {
        return userId == null ? keyId : userId;
    }

    /** Kind and id in one text, for example {@code chave:17}, without secrets and personal data. */
    public String name() {
        return id() == null ? kind().stored() : kind().stored() + ":" + id();
    }

    /** Whether the caller has the permission. Row-level security limits {@link #ownRowsOf} to own rows. */
    public boolean may(Permission permission) {
        return permission == Permission.OPEN || permissions.contains(permission);
    }

    public boolean isPlatform() {
        return role == Role.PLATFORM;
    }

    /** {@return the user to whose rows this caller is limited, or null when the caller sees all rows of the tenant} */
    public Long ownRowsOf() {
        return role == Role.BROKER ? userId : null;
    }

    /**
     * The owner of idempotency keys: the key, also of a person, because another key of the same person may have fewer
     * permissions; without a key the caller itself.
     */
    public String idempotencyOwner() {
        return keyId == null ? name() : Kind.KEY.stored() + ":" + keyId;
    }
}
