package dev.comuta.channel;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** Port: asks a provider whether a number belongs to a client. The request changes nothing, neither there nor here. */
public interface ChannelProbe {

    /** The provider that is asked. */
    Provider provider();

    /**
     * Whether the channel's credentials give access to its number at the provider.
     *
     * @param timeLimit time limit of all requests together
     * @return false when they give access to another number or to none; fails with a
     *     {@link dev.comuta.platform.problem.TransientFailure} when the provider cannot be reached (may be retried),
     *     with a {@link dev.comuta.platform.problem.PermanentFailure} when it rejects the request, or when the channel
     *     lacks data that the request needs
     */
    Uni<Boolean> readsNumber(ProbedChannel channel, Duration timeLimit);

    /**
     * A channel whose number is to be proved.
     *
     * @param channelIdentifier the number in E.164
     * @param providerId the provider's own id of the number; may be null
     * @param credentials decrypted; may be null
     */
    record ProbedChannel(ChannelType channelType, String channelIdentifier, String providerId, JsonObject credentials) {

        @Override
        public String toString() {
            return "ProbedChannel[" + channelType + "]";
        }
    }
}
