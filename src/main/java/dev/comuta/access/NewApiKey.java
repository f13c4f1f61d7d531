package dev.comuta.access;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A new API key with its secret. */
@Schema(name = "NewApiKey", description = "A new API key with its secret, which is returned only once.")
public record NewApiKey(
        @Schema(description = "Id of the API key") long apiKeyId,

        @Schema(description = "Name that distinguishes the key from others", examples = "CRM da matriz")
        String name,

        @Schema(
                description = "First 12 characters of the key. They are not secret and identify the key in logs.",
                examples = "cmt_k3v9x2ab")
        String prefix,

        @Schema(
                description =
                        "The key itself. Send it as `Authorization: Bearer <key>`. It is returned only once, in this response.",
                examples = "cmt_k3v9x2ab_47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFUq3ZB8xWk")
        String key,

        @Schema(
                nullable = true,
                description = "Internal user who owns the key; null for a key of the company or of the platform")
        Long userId,

        @Schema(
                implementation = KeyRole.class,
                nullable = true,
                description = "Role of the key; null when the key belongs to an internal user, whose role then applies")
        String role,

        @Schema(
                nullable = true,
                description = "Scopes to which the key is limited; null when it has all scopes of its role",
                examples = "[\"sessions:read\"]")
        List<String> scopes,

        Instant createdAt,

        @Schema(nullable = true, description = "When the key expires; null when it does not expire")
        Instant expiresAt) {}
