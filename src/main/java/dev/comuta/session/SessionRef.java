package dev.comuta.session;

/** A session of a client. */
public record SessionRef(long clientId, long sessionId) {}
