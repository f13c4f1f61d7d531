package dev.comuta.call.plan;

import dev.comuta.channel.BusinessHours;

/**
 * The plan of a channel with what it needs of the channel.
 *
 * @param channelNumber E.164
 * @param hours null when the channel is always open
 */
public record ChannelPlan(CallPlan plan, String channelNumber, BusinessHours hours) {}
