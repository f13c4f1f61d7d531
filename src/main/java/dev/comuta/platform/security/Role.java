package dev.comuta.platform.security;

import java.util.Arrays;
import java.util.Optional;

/** What a caller is to us; docs/security.md says what each may do. */
public enum Role {
    /** Runs the platform: everything, at every client. */
    PLATFORM("Plataforma"),
    /** Runs one client company: everything of it. */
    ADMINISTRATOR("Administrador"),
    /** Serves end users: his own, and his own sessions, with what belongs to them. */
    BROKER("Corretor"),
    /** Looks at everything of one client company and changes nothing. */
    READER("Leitura"),
    /** A machine that looks after its own webhooks. */
    WEBHOOK("Webhook"),
    /** Brought no key: a provider that proves itself by a signature, or anybody. */
    NOBODY("Ninguém");

    private final String stored;

    Role(String stored) {
        this.stored = stored;
    }

    /** The word in ApiKeys.Role and ClientUsers.UserRole. */
    public String stored() {
        return stored;
    }

    /** The role of a stored word; empty for a word of another version. */
    public static Optional<Role> of(String stored) {
        return Arrays.stream(values())
                .filter(role -> role.stored.equals(stored))
                .findFirst();
    }
}
