package dev.comuta.message.parking;

/**
 * A parked item.
 *
 * @param clientId the client that must own its number; null for the platform, which sees all items
 */
record ParkedItemRef(Long clientId, long parkedItemId) {}
