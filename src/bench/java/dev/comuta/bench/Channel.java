package dev.comuta.bench;

/** A registered channel and the secret with which its webhooks are signed. */
record Channel(long clientId, long channelId, String identifier, String webhookSecret) {}
