package dev.comuta.message.parking;

/** Selects parked items; a null field matches all. */
record ParkedFilter(String provider, String providerId, String reason) {}
