package dev.comuta.channel.setup;

import dev.comuta.channel.ChannelType;
import dev.comuta.channel.OutboundChannel;
import dev.comuta.channel.Provider;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Port: asks a provider which steps of a channel's set-up are done. The requests change nothing there. */
public interface SetupCheck {

    /** The provider that is asked. */
    Provider provider();

    /**
     * The steps in the order in which a person does them. A request that fails makes its steps missing or unknown; the
     * check itself does not fail.
     *
     * @param timeLimit time limit of one request
     */
    Uni<List<SetupStep>> check(CheckedChannel channel, Duration timeLimit);

    /**
     * A channel whose set-up is checked.
     *
     * @param active whether it is 'Ativo'
     * @param lastWebhookAt about when the last delivery for its number arrived; null when none has
     */
    record CheckedChannel(OutboundChannel channel, ChannelType channelType, boolean active, Instant lastWebhookAt) {}
}
