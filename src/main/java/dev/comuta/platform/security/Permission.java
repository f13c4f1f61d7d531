package dev.comuta.platform.security;

import static dev.comuta.platform.security.Access.ALL;
import static dev.comuta.platform.security.Access.NONE;
import static dev.comuta.platform.security.Access.OWN;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The permissions, and the roles that have them. An operation names its permission by {@link Requires}; a key may be
 * limited to some permissions, its scopes. The platform has all permissions.
 */
public enum Permission {
    /** No key is required: the request is authenticated by a signature, or public. */
    OPEN(ALL, ALL, ALL, ALL),

    PLATFORM_READ(NONE, NONE, NONE, NONE),
    PLATFORM_WRITE(NONE, NONE, NONE, NONE),
    /** The platform's assistants, which any client may use. */
    CATALOGUE_READ(ALL, ALL, ALL, NONE),

    CLIENT_READ(ALL, ALL, ALL, NONE),
    CLIENT_WRITE(ALL, NONE, NONE, NONE),
    API_KEYS_READ(ALL, NONE, ALL, NONE),
    API_KEYS_WRITE(ALL, NONE, NONE, NONE),
    ALERTS_READ(ALL, NONE, ALL, NONE),
    ALERTS_WRITE(ALL, NONE, NONE, NONE),
    /** Received items that no channel could take, with what they contain. */
    PARKED_READ(ALL, NONE, NONE, NONE),
    PARKED_WRITE(ALL, NONE, NONE, NONE),

    USERS_READ(ALL, OWN, ALL, NONE),
    USERS_WRITE(ALL, NONE, NONE, NONE),
    END_USERS_READ(ALL, OWN, ALL, NONE),
    END_USERS_WRITE(ALL, OWN, NONE, NONE),

    /** The audit, which has no rows of a broker's own. */
    AUDIT_READ(ALL, NONE, ALL, NONE),
    /** Exporting and erasing the data of an end user. */
    PRIVACY_READ(ALL, NONE, NONE, NONE),
    PRIVACY_WRITE(ALL, NONE, NONE, NONE),

    CHANNELS_READ(ALL, ALL, ALL, NONE),
    CHANNELS_WRITE(ALL, NONE, NONE, NONE),
    /** Secrets and addresses of webhooks, in and out. */
    WEBHOOKS_READ(ALL, NONE, ALL, ALL),
    WEBHOOKS_WRITE(ALL, NONE, NONE, ALL),
    ASSISTANTS_READ(ALL, NONE, ALL, NONE),
    ASSISTANTS_WRITE(ALL, NONE, NONE, NONE),

    SESSIONS_READ(ALL, OWN, ALL, NONE),
    SESSIONS_WRITE(ALL, OWN, NONE, NONE),
    TASKS_READ(ALL, OWN, ALL, NONE),
    TASKS_WRITE(ALL, OWN, NONE, NONE),
    EVENTS_READ(ALL, OWN, ALL, NONE),
    /** The live stream, which cannot be limited to a broker's rows. */
    EVENTS_FOLLOW(ALL, NONE, ALL, NONE);

    private final Access administrator;
    private final Access broker;
    private final Access reader;
    private final Access webhook;

    Permission(Access administrator, Access broker, Access reader, Access webhook) {
        this.administrator = administrator;
        this.broker = broker;
        this.reader = reader;
        this.webhook = webhook;
    }

    /** The scope of the permission for a role, when the caller's key is not limited. */
    public Access of(Role role) {
        return switch (role) {
            case PLATFORM -> ALL;
            case ADMINISTRATOR -> administrator;
            case BROKER -> broker;
            case READER -> reader;
            case WEBHOOK -> webhook;
            case NOBODY -> this == OPEN ? ALL : NONE;
        };
    }

    /** All permissions of a role. */
    public static Set<Permission> allOf(Role role) {
        EnumSet<Permission> all = EnumSet.allOf(Permission.class);
        all.removeIf(permission -> permission.of(role) == NONE);
        return Collections.unmodifiableSet(all);
    }

    /** The name in a key's scopes, for example {@code end-users:read}. */
    public String scope() {
        int cut = name().lastIndexOf('_');
        return cut < 0 ? "-" : word(name().substring(0, cut)) + ":" + word(name().substring(cut + 1));
    }

    /** {@return the permission of a scope, or empty when there is none} */
    public static Optional<Permission> ofScope(String scope) {
        return Arrays.stream(values())
                .filter(permission -> permission != OPEN && permission.scope().equals(scope))
                .findFirst();
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
