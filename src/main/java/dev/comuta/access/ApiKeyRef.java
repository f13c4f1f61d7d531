package dev.comuta.access;

/**
 * Identifies an API key.
 *
 * @param clientId null for a key of the platform
 */
record ApiKeyRef(Long clientId, long apiKeyId) {}
