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
 * What may be done, and by whom: the one place that decides. An operation names its permission by {@link Requires}; a key
 * may be narrowed to some of them, which are then its scopes. The platform may do all.
 */
public enum Permission {
    /** No key is asked for: the request proves itself by a signature, or there is nothing to prove. */
    OPEN(ALL, ALL, ALL, ALL),

    PLATFORM_READ(NONE, NONE, NONE, NONE),
    PLATFORM_WRITE(NONE, NONE, NONE, NONE),
    /** The platform's assistants, which any client may take into use. */
    CATALOGUE_READ(ALL, ALL, ALL, NONE),

    CLIENT_READ(ALL, ALL, ALL, NONE),
    CLIENT_WRITE(ALL, NONE, NONE, NONE),
    API_KEYS_READ(ALL, NONE, ALL, NONE),
    API_KEYS_WRITE(ALL, NONE, NONE, NONE),
    ALERTS_READ(ALL, NONE, ALL, NONE),
    ALERTS_WRITE(ALL, NONE, NONE, NONE),

    USERS_READ(ALL, OWN, ALL, NONE),
    USERS_WRITE(ALL, NONE, NONE, NONE),
    END_USERS_READ(ALL, OWN, ALL, NONE),
    END_USERS_WRITE(ALL, OWN, NONE, NONE),

    /** Who did what; no broker's own. */
    AUDIT_READ(ALL, NONE, ALL, NONE),
    /** All that is kept about an end user in one answer, and forgetting it. */
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
    /** The live stream, which tells no broker's rows from another's. */
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

    /** How far it reaches for a role, when the caller's key is not narrowed. */
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

    /** All that a role may do. */
    public static Set<Permission> allOf(Role role) {
        EnumSet<Permission> all = EnumSet.allOf(Permission.class);
        all.removeIf(permission -> permission.of(role) == NONE);
        return Collections.unmodifiableSet(all);
    }

    /** The word for it in a key's scopes, for example {@code end-users:read}. */
    public String scope() {
        int cut = name().lastIndexOf('_');
        return cut < 0 ? "-" : word(name().substring(0, cut)) + ":" + word(name().substring(cut + 1));
    }

    /** The permission of such a word; empty when there is none. */
    public static Optional<Permission> ofScope(String scope) {
        return Arrays.stream(values())
                .filter(permission -> permission != OPEN && permission.scope().equals(scope))
                .findFirst();
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
