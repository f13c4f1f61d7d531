package dev.comuta.channel;

import java.util.Set;

/**
 * A provider of channels. The vendor's room declares it as a CDI bean (a static producer field); nothing else lists the
 * providers.
 *
 * @param stored the word in CommunicationChannels.Provider
 * @param channelTypes the types of channel that it carries
 */
public record Provider(String stored, Set<ChannelType> channelTypes) {

    public Provider {
        channelTypes = Set.copyOf(channelTypes);
    }

    /** A provider that carries these types of channel. */
    public static Provider of(String stored, ChannelType... channelTypes) {
        return new Provider(stored, Set.of(channelTypes));
    }
}
