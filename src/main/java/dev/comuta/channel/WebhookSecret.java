package dev.comuta.channel;

/**
 * A new secret of a channel; the one before stays in force beside it until the next rotation.
 *
 * @param webhookSecret 'whsec_' and base64, told only this once
 */
record WebhookSecret(String webhookSecret) {}
