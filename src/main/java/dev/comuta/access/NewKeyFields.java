package dev.comuta.access;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.PlainName;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Role;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Fields of a new API key. */
@Schema(
        description = "A new API key of a client company.",
        examples = "{\"name\": \"CRM da matriz\", \"role\": \"Leitura\", \"scopes\": [\"sessions:read\"]}")
record NewKeyFields(
        @PlainName
        @NotBlank
        @Size(max = 200)
        @Schema(
                description = "Name that distinguishes the key from others; at most 200 characters",
                examples = "CRM da matriz")
        String name,

        @Schema(
                description =
                        "Internal user who owns the key. The key always has the current role of this user, so `role` must be left out. When `userId` is left out, the company owns the key.")
        Long userId,

        @Pattern(regexp = "Administrador|Leitura|Webhook")
        @Schema(description = "Role of the key; required unless `userId` is given")
        String role,

        @Size(min = 1, max = 100)
        @Schema(
                description = "Scopes to which the key is limited; all scopes of its role when left out",
                examples = "[\"sessions:read\"]")
        List<@NotNull @Size(max = 100) String> scopes,

        @Schema(description = "Expiry time, in the future. When left out, the key does not expire.")
        Instant expiresAt) {

    /** The role to store; null for a user's key, which has the role of its user. Fails when a role is missing. */
    String storedRole(Long clientId) {
        if (clientId == null) {
            return Role.PLATFORM.stored();
        }
        if (userId != null && role != null) {
            throw Problem.invalid("role", "must be left out when userId is given: the key has the role of the user");
        }
        if (userId == null && role == null) {
            throw Problem.invalid("role", "is required for a key without userId: Administrador, Leitura or Webhook");
        }
        return role;
    }

    /** The scopes to store; null when the key is not limited. Fails with a problem when the role has no such scope. */
    String storedScopes(Role highestRole) {
        if (scopes == null) {
            return null;
        }
        List<String> allowed = Permission.allOf(highestRole).stream()
                .filter(permission -> permission != Permission.OPEN)
                .map(Permission::scope)
                .toList();
        List<String> unknown =
                scopes.stream().filter(scope -> !allowed.contains(scope)).toList();
        if (!unknown.isEmpty()) {
            throw Problem.invalid(
                    "scopes",
                    "%s: the role %s has the scopes %s"
                            .formatted(String.join(", ", unknown), highestRole.stored(), String.join(", ", allowed)));
        }
        return String.join(" ", scopes);
    }

    /** The expiry time; null when the key does not expire. Fails with a problem when it is not in the future. */
    Instant requireExpiryAfter(Instant now) {
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw Problem.invalid("expiresAt", "must be in the future");
        }
        return expiresAt;
    }
}
