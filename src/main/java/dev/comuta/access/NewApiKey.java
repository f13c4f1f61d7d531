package dev.comuta.access;

import java.time.Instant;

/**
 * A new key.
 *
 * @param key the key itself, told only this once
 * @param expiresAt when it ends by itself; null for never
 */
public record NewApiKey(long apiKeyId, String name, String prefix, String key, Instant createdAt, Instant expiresAt) {}
