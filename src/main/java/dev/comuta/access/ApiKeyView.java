package dev.comuta.access;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An API key without its secret. */
@Schema(name = "ApiKey", description = "An API key without its secret. A key is valid until it expires or is revoked.")
record ApiKeyView(
        @Schema(description = "Id of the API key") long apiKeyId,

        @Schema(description = "Name that distinguishes the key from others", examples = "CRM da matriz")
        String name,

        @Schema(
                description = "First 12 characters of the key. They are not secret and identify the key in logs.",
                examples = "cmt_k3v9x2ab")
        String prefix,

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

        @Schema(nullable = true, description = "When the key expires or expired; null when it does not expire")
        Instant expiresAt,

        @Schema(
                nullable = true,
                description = "Last use of the key, accurate to one minute; null when it was never used")
        Instant lastUsedAt,

        @Schema(
                nullable = true,
                description = "Id of the key that replaced this one by rotation; null when it was not rotated",
                examples = "2")
        Long replacedBy,

        @Schema(nullable = true, description = "When the key was revoked; null while it is not revoked")
        Instant revokedAt) {}
