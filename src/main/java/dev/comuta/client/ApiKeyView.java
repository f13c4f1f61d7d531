package dev.comuta.client;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A key without its secret.
 *
 * @param prefix how the key begins, to tell keys apart
 * @param revokedAt since when it is not in force; null while it is
 */
@Schema(name = "ApiKey")
record ApiKeyView(long apiKeyId, String name, String prefix, Instant createdAt, Instant revokedAt) {}
