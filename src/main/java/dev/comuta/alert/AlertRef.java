package dev.comuta.alert;

/**
 * An alert.
 *
 * @param clientId null when the platform's administrator asks, who sees the alerts of all clients
 */
record AlertRef(Long clientId, long alertId) {}
