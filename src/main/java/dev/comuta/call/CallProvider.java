package dev.comuta.call;

import dev.comuta.channel.OutboundChannel;
import dev.comuta.channel.Provider;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/**
 * Port: the calls of one provider. Each method fails with a {@link dev.comuta.platform.problem.TransientFailure} (may be
 * retried), a {@link dev.comuta.platform.problem.PermanentFailure} or, where said, an
 * {@link dev.comuta.platform.problem.UnknownOutcome}. Only task handlers call it.
 */
public interface CallProvider {

    /** The provider of the channels whose calls it makes. */
    Provider provider();

    /** The longest time of one request. */
    Duration requestLimit();

    /**
     * Makes a call, once. It never dials a second time itself.
     *
     * @return the provider's id of the call. Fails with {@link RefusedCall} when the provider refuses, which is a definite
     *     answer, and with {@link dev.comuta.platform.problem.UnknownOutcome} when the provider may have dialled
     */
    Uni<String> dial(OutgoingCall call);

    /**
     * Looks for a call that an earlier attempt may have made.
     *
     * @return the provider's id; null when the provider certainly has no such call. Fails with an unknown outcome when it
     *     cannot tell
     */
    Uni<String> find(OutgoingCall call);

    /**
     * Asks about a call: its news and those of its legs. Fails with a transient failure when the provider cannot say
     * anything about the call.
     */
    Uni<CallReport> ask(ProviderCall call);

    /** {@return how often it is asked about a call that rings, or null when its news report the answer} */
    default Duration ringingCheck() {
        return null;
    }

    /** {@return what a channel lacks for calls of the company, as a sentence for people, or null when it lacks nothing} */
    default String lack(OutboundChannel channel) {
        return null;
    }

    /** Whether the provider can do this. */
    boolean supports(CallCommand command);

    /** Why it cannot do this, and what to do instead: a sentence for people. */
    default String refusal(CallCommand command) {
        return "the provider " + provider().stored() + " cannot do this with a call";
    }

    /** Whether the steps of a call record it; otherwise a command starts the recording of a call that is recorded. */
    default boolean recordsBySteps() {
        return true;
    }

    /** Changes a call that goes on. A call that has ended is a success. */
    Uni<Void> command(ProviderCall call, CallCommand command);

    /** Whether it calls people over WhatsApp ({@link dev.comuta.call.answer.WhatsAppAddress}). */
    default boolean callsOverWhatsApp() {
        return false;
    }

    /** Whether the provider keeps recordings after their files were fetched, so that they are deleted there. */
    default boolean keepsRecordings() {
        return false;
    }

    /** Deletes a recording at the provider. One that it does not have is a success. */
    default Uni<Void> deleteRecording(OutboundChannel channel, String providerRecordingId) {
        return Uni.createFrom().voidItem();
    }
}
