package dev.comuta.access;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Role;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the caller says about a new key. */
@Schema(
        description = "A new API key of a client company.",
        examples = "{\"name\": \"CRM da matriz\", \"role\": \"Leitura\", \"scopes\": [\"sessions:read\"]}")
record NewKeyFields(
        @NotBlank
        @Size(max = 200)
        @Schema(
                description = "Name that distinguishes the key from others; at most 200 characters",
                examples = "CRM da matriz")
        String name,

        @Schema(
                description =
                        "Internal user who will own the key. The key has the role of this user, also when it changes later; `role` must then be left out. Leave it out for a key of the company.")
        Long userId,

        @Pattern(regexp = "Administrador|Leitura|Webhook")
        @Schema(description = "Role of a key without `userId`; `Administrador` when left out")
        String role,

        @Size(min = 1, max = 100)
        @Schema(
                description = "Scopes to which the key is narrowed; all scopes of its role when left out",
                examples = "[\"sessions:read\"]")
        List<@NotNull @Size(max = 100) String> scopes,

        @Schema(description = "When the key expires, in the future; it does not expire when left out")
        Instant expiresAt) {

    /** The role to be stored; null when the user's counts. */
    String storedRole(Long clientId) {
        if (clientId == null) {
            return Role.PLATFORM.stored();
        }
        if (userId != null && role != null) {
            throw Problem.invalid("role", "must be left out when userId is given: the role is that of the user");
        }
        return userId == null && role == null ? Role.ADMINISTRATOR.stored() : role;
    }

    /** The scopes as they are stored, each a known one; null when it is not narrowed. */
    String storedScopes() {
        return scopes == null
                ? null
                : scopes.stream().map(scope -> known(scope).scope()).collect(Collectors.joining(" "));
    }

    private static Permission known(String scope) {
        return Permission.ofScope(scope).orElseThrow(() -> Problem.invalid("scopes", "unknown scope " + scope));
    }

    /** When it ends; fails with a problem when that has been. */
    Instant endAfter(Instant now) {
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw Problem.invalid("expiresAt", "must be in the future");
        }
        return expiresAt;
    }
}
