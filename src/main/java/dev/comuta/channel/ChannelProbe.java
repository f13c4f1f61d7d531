package dev.comuta.channel;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** Port: asks a provider whose a number is. A question that changes nothing, there and here. */
public interface ChannelProbe {

    /** The provider that is asked. */
    Provider provider();

    /**
     * Whether the channel's credentials read its number at the provider.
     *
     * @param timeLimit for the whole question
     * @return false when they read another number, or none; fails with a {@link dev.comuta.platform.problem.TransientFailure} when
     *     the provider could not be asked (may be asked again), with a {@link dev.comuta.platform.problem.PermanentFailure} when it
     *     refused, or when the credentials are none of its own
     */
    Uni<Boolean> readsNumber(ProbedChannel channel, Duration timeLimit);

    /**
     * What is claimed.
     *
     * @param channelIdentifier the number in E.164
     * @param providerId the provider's own id of the number; may be null
     * @param credentials opened; may be null
     */
    record ProbedChannel(ChannelType channelType, String channelIdentifier, String providerId, JsonObject credentials) {

        @Override
        public String toString() {
            return "ProbedChannel[" + channelType + "]";
        }
    }
}
