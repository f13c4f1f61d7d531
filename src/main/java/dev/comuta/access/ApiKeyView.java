package dev.comuta.access;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A key without its secret.
 *
 * @param prefix how the key begins, to tell keys apart
 * @param userId the internal user whose key it is; null for a key of the company or of the platform
 * @param role null when the user's counts
 * @param scopes null when it is not narrowed
 * @param expiresAt when it ends or ended by itself; null for never
 * @param lastUsedAt to the minute; null when it never was
 * @param replacedBy the key that took its place; null when none did
 * @param revokedAt since when it is not in force; null while it is
 */
@Schema(name = "ApiKey")
record ApiKeyView(
        long apiKeyId,
        String name,
        String prefix,
        Long userId,
        @Schema(examples = "Administrador") String role,
        @Schema(examples = "[\"sessions:read\"]") List<String> scopes,
        Instant createdAt,
        Instant expiresAt,
        Instant lastUsedAt,
        Long replacedBy,
        Instant revokedAt) {}
