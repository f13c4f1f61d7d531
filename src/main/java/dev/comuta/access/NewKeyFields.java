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

/**
 * What the caller says about a new key.
 *
 * @param userId the internal user who calls with it and whose role it has; null for a key of the company itself
 * @param role of a key without a user; 'Administrador' when left out
 * @param scopes permissions to which it is narrowed; null leaves all that the role allows
 * @param expiresAt when it ends by itself; null for never
 */
@Schema(examples = "{\"name\": \"CRM da matriz\", \"role\": \"Leitura\", \"scopes\": [\"sessions:read\"]}")
record NewKeyFields(
        @NotBlank @Size(max = 200) @Schema(examples = "CRM da matriz")
        String name,

        Long userId,

        @Pattern(regexp = "Administrador|Leitura|Webhook") @Schema(examples = "Administrador")
        String role,

        @Size(min = 1, max = 100) @Schema(examples = "[\"sessions:read\"]")
        List<@NotNull @Size(max = 100) String> scopes,

        Instant expiresAt) {

    /** The role to be stored; null when the user's counts. */
    String storedRole(Long clientId) {
        if (clientId == null) {
            return Role.PLATFORM.stored();
        }
        if (userId != null && role != null) {
            throw Problem.invalid("role", "is the user's: leave one of the two out");
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
        return Permission.ofScope(scope).orElseThrow(() -> Problem.invalid("scopes", scope + " is no scope"));
    }

    /** When it ends; fails with a problem when that has been. */
    Instant endAfter(Instant now) {
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw Problem.invalid("expiresAt", "must be in the future");
        }
        return expiresAt;
    }
}
