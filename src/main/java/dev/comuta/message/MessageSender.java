package dev.comuta.message;

import dev.comuta.channel.OutboundChannel;
import dev.comuta.channel.Provider;
import dev.comuta.media.FileKind;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.MessageReference;
import dev.comuta.message.rule.TemplateForm;
import dev.comuta.platform.problem.Problem.Violation;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Port: sends a message through a provider. */
public interface MessageSender {

    /** The provider through which it sends. */
    Provider provider();

    /** The longest time that {@link #send} takes. */
    Duration timeLimit();

    /** Whether the provider limits the messages of a number, and those to one person, as WhatsApp does. */
    default boolean isPaced() {
        return false;
    }

    /** Whether the provider accepts free content only in the window after a message of the end user, as WhatsApp does. */
    default boolean hasWindow() {
        return false;
    }

    /** Longest text of one message, in units of UTF-16. A longer text is sent in parts. */
    int maxText();

    /** Most bytes of a file of any kind. The kinds have limits of their own. */
    default long maxFile() {
        return FileKind.DOCUMENT.limit();
    }

    /**
     * Why the provider cannot send this content, with the path of the field in the content, which is empty for the whole
     * content; null when it can. A text that is too long for one message is no objection.
     */
    Violation objection(Content content);

    /** Whether a message can reply to another one. */
    default boolean canReply() {
        return true;
    }

    /** The form in which {@link #send} expects templates; empty when the provider finds them by name and language. */
    default Optional<TemplateForm> templateForm() {
        return Optional.empty();
    }

    /**
     * Sends a message. If {@link OutgoingMessage#mayHaveBeenSent} and the provider would deliver a repeated request
     * twice, the implementation first asks the provider for the message.
     *
     * @return the provider's id of the message; null when the provider returns none. Fails with a
     *     {@link dev.comuta.platform.problem.TransientFailure} when the message may be sent again, with a
     *     {@link dev.comuta.platform.problem.PermanentFailure} when it must not be, with a
     *     {@link dev.comuta.message.pace.Throttled} when too many were sent, and with an
     *     {@link dev.comuta.platform.problem.UnknownOutcome} when it may have been sent and the provider cannot be
     *     asked. A transient failure {@linkplain dev.comuta.platform.problem.TransientFailure#mayHaveArrived may have
     *     arrived} when the message may have been sent and a repetition does no harm.
     */
    Uni<String> send(OutgoingMessage message);

    /**
     * A message to send.
     *
     * @param reference our id of the message or of its part, the same at every attempt
     * @param to the address of the end user's last message on the channel: a phone number with "+", or the provider's own
     *     id of the person
     * @param replyTo the provider's id of the message that it replies to; null when it is no reply
     * @param mayHaveBeenSent whether an earlier attempt may have reached the provider
     * @param earlier data to find an earlier attempt at the provider; null when there was none
     */
    record OutgoingMessage(
            MessageReference reference,
            OutboundChannel channel,
            String to,
            Content content,
            String replyTo,
            boolean mayHaveBeenSent,
            PreviousAttempts earlier) {}

    /**
     * Data to find an earlier attempt at the provider. Even a failed attempt may have reached the provider, when only
     * the response was lost.
     *
     * @param writtenAt when the message was written; no attempt is older
     * @param mayHaveArrived false when each attempt certainly failed
     * @param knownIds checks ids of the provider; it takes at most {@link #LOOKUP_LIMIT}
     */
    record PreviousAttempts(Instant writtenAt, boolean mayHaveArrived, Function<List<String>, Uni<KnownIds>> knownIds) {

        /** Part of {@link MessageSender#timeLimit} of a sender that asks for taken ids. */
        public static final Duration LOOKUP_LIMIT = Duration.ofMillis(500);
    }

    /**
     * Ids of the provider that cannot be the id of a message.
     *
     * @param taken those that belong to other messages, or to attempts of this message that are known to have failed
     * @param unidentified number of older messages of the session with the same text that may have arrived under an id
     *     that is not known
     */
    record KnownIds(Set<String> taken, int unidentified) {}
}
