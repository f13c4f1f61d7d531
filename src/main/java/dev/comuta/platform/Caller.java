package dev.comuta.platform;

import io.quarkus.security.identity.SecurityIdentity;

/**
 * Who calls, for whoever must know: what may be done (permissions), who did it (audit), whose share it is (limits).
 * {@link #of} reads it from the identity of a request; work in the background has no caller.
 *
 * @param role never null
 * @param clientId the client company; null for the platform and for {@link #NOBODY}
 * @param userId the internal user who calls, or whose key it is; null when the caller is no person
 * @param keyId the row of the key; null for the platform's key of the configuration and for a person who signed in
 *     elsewhere
 */
public record Caller(Role role, Long clientId, Long userId, Long keyId) {

    /** Without a key: a provider's webhook, a probe, a visitor. */
    public static final Caller NOBODY = new Caller(Role.NOBODY, null, null, null);

    /** The platform's key of the configuration. */
    static final Caller PLATFORM = new Caller(Role.PLATFORM, null, null, null);

    private static final String ATTRIBUTE = "caller";

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

    static String attribute() {
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

    public boolean isPlatform() {
        return role == Role.PLATFORM;
    }

    /** The user to whose own rows this caller is kept; null when the caller sees all rows of the tenant. */
    public Long ownRowsOf() {
        return role == Role.BROKER ? userId : null;
    }

    /** The owner of what one caller may ask for again: callers that may do the same at the same rows share it. */
    String sharedName() {
        return ownRowsOf() == null ? role.stored() : name();
    }
}
