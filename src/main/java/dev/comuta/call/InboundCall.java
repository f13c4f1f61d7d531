package dev.comuta.call;

import dev.comuta.call.state.CallNews;
import dev.comuta.channel.ChannelRef;

/**
 * News of a call to a number of a channel, which may be the first.
 *
 * @param channel of the called number
 * @param providerId the provider's id of the call
 * @param caller the calling number
 * @param called the called number as it is stored
 * @param news what is reported
 */
public record InboundCall(ChannelRef channel, String providerId, Caller caller, String called, CallNews news) {}
