package dev.comuta.channel;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * A channel just registered.
 *
 * @param webhookSecret signs webhooks from and to the channel ('whsec_' and base64), told only this once
 */
record NewChannel(@JsonUnwrapped ChannelView channel, String webhookSecret) {}
