package dev.comuta.message.reading;

import dev.comuta.channel.OutboundChannel;
import dev.comuta.channel.Provider;
import io.smallrye.mutiny.Uni;

/** Port: shows an end user of a provider that a message was read. A repetition does no harm. */
public interface ReadMarker {

    /** The provider whose end users see it. */
    Provider provider();

    /**
     * Marks a message, and the ones before it, as read.
     *
     * @param providerMessageId the provider's id of the message
     * @param typing whether the end user also sees that an answer is being written, until it arrives
     */
    Uni<Void> markRead(OutboundChannel channel, String providerMessageId, boolean typing);
}
