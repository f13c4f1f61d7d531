package dev.comuta.channel;

/**
 * How to send from a channel.
 *
 * @param channelIdentifier the number in E.164
 * @param outboundUrl where 'Gateway' posts to; may be null
 * @param webhookSecret signs what 'Gateway' posts; null when the row was written without one
 */
public record OutboundChannel(
        long channelId, String provider, String channelIdentifier, String outboundUrl, String webhookSecret) {

    @Override
    public String toString() {
        return "OutboundChannel[channelId=" + channelId + ", provider=" + provider + "]";
    }
}
