package dev.comuta.alert;

/**
 * Identifies an alert.
 *
 * @param clientId null for a request of the platform, which may read the alerts of all clients
 */
record AlertRef(Long clientId, long alertId) {}
