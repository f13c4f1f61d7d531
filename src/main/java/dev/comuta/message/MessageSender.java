package dev.comuta.message;

import dev.comuta.channel.OutboundChannel;
import dev.comuta.channel.Provider;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Set;

/** Port: hands one message to a provider. */
public interface MessageSender {

    /** The provider that carries the messages. */
    Provider provider();

    /** Whether the provider can carry this content: its kind and its length. */
    boolean supports(Content content);

    /**
     * Sends. An implementation whose provider would deliver a repeated request twice must not send blindly when
     * {@link OutgoingMessage#mayHaveBeenSent}: it asks the provider first.
     *
     * @return the provider's id of the message, null when it gives none; fails with a
     *     {@link dev.comuta.platform.problem.TransientFailure} (may be sent again) or a
     *     {@link dev.comuta.platform.problem.PermanentFailure} (may not) or an {@link UnknownOutcome} (may have been sent, and
     *     the provider cannot be asked)
     */
    Uni<String> send(OutgoingMessage message);

    /**
     * One message on its way.
     *
     * @param messageId ours, the same at every attempt
     * @param to telephone number in E.164, or the provider's own id of the person
     * @param mayHaveBeenSent whether an attempt that never reported its end may have reached the provider
     * @param earlier what helps to find an earlier attempt at the provider; null when there was none
     */
    record OutgoingMessage(
            long messageId,
            OutboundChannel channel,
            String to,
            Content content,
            boolean mayHaveBeenSent,
            PreviousAttempts earlier) {}

    /**
     * Traces of earlier attempts: also one that ended with an error may have reached the provider, when its answer was
     * lost.
     *
     * @param writtenAt no attempt is older
     * @param takenIds the provider's ids of other messages that say the same to the same person
     */
    record PreviousAttempts(Instant writtenAt, Set<String> takenIds) {}
}
