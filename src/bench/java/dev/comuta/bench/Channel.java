package dev.comuta.bench;

/**
 * A registered channel.
 *
 * @param identifier what its webhooks name: the number, or Meta's phone_number_id
 * @param webhookSecret the secret that signs them; null at Meta, where all apps' webhooks have one
 */
record Channel(long clientId, long channelId, String identifier, String webhookSecret) {}
