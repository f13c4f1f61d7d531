package dev.comuta.platform.security;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The role of a caller; docs/security.md lists the permissions of each. */
@Schema(
        name = "CallerRole",
        description =
                "Role of a caller: `Plataforma`, `Administrador`, `Corretor`, `Leitura`, `Webhook`, or `Ninguém` for a request without a key")
public enum Role {
    /** Administers the platform: all permissions, for every client. */
    PLATFORM("Plataforma"),
    /** Administers one client company: all permissions there. */
    ADMINISTRATOR("Administrador"),
    /** Serves end users: only the broker's own end users and sessions. */
    BROKER("Corretor"),
    /** Reads everything of one client company and changes nothing. */
    READER("Leitura"),
    /** A machine that manages webhooks. */
    WEBHOOK("Webhook"),
    /** A caller without a key: a provider that is authenticated by a signature, or the public. */
    NOBODY("Ninguém");

    private final String stored;

    Role(String stored) {
        this.stored = stored;
    }

    /** The name in ApiKeys.Role and ClientUsers.UserRole. */
    @JsonValue
    public String stored() {
        return stored;
    }

    /** {@return the role with this stored name, or empty for a name of another version} */
    public static Optional<Role> of(String stored) {
        return Arrays.stream(values())
                .filter(role -> role.stored.equals(stored))
                .findFirst();
    }
}
