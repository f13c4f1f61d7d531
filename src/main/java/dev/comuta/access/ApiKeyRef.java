package dev.comuta.access;

/** An API key; of the platform when the client is null. */
record ApiKeyRef(Long clientId, long apiKeyId) {}
