package dev.comuta.people;

/** An end user of a client. */
record PersonRef(long clientId, long endUserId) {}
