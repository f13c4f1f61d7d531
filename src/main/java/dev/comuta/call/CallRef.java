package dev.comuta.call;

/** A call of a client. */
public record CallRef(long clientId, long callId) {}
