package dev.comuta.call.plan;

import dev.comuta.channel.BusinessHours;
import dev.comuta.channel.ChannelDirectory.Attendance;

/**
 * The plan of a channel with what it needs of the channel.
 *
 * @param channelNumber E.164
 * @param hours null when the channel is always open
 * @param assistant whether the channel has an assistant
 * @param relays whether the provider has a connection over which an assistant speaks
 */
public record ChannelPlan(
        CallPlan plan, String channelNumber, BusinessHours hours, boolean assistant, boolean relays) {

    static ChannelPlan of(CallPlan plan, Attendance attendance, boolean relays) {
        return new ChannelPlan(
                plan, attendance.channelIdentifier(), attendance.hours(), attendance.assistant(), relays);
    }

    /** The same plan of a channel that is always open. */
    public ChannelPlan alwaysOpen() {
        return new ChannelPlan(plan, channelNumber, null, assistant, relays);
    }
}
