package dev.comuta.call;

import dev.comuta.channel.OutboundChannel;
import java.util.List;

/**
 * A call as its provider knows it.
 *
 * @param sessionId the session of the call
 * @param providerId the provider's id
 * @param legs the telephones that were dialled for it
 */
public record ProviderCall(
        CallRef ref, long sessionId, OutboundChannel channel, String providerId, List<StoredLeg> legs) {

    /** Whether the call is a telephone that was dialled for it: the broker who was rung first has left. */
    public boolean isOfLeg() {
        return StoredLeg.isAmong(legs, providerId);
    }
}
