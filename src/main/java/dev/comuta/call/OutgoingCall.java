package dev.comuta.call;

import dev.comuta.call.plan.CallScript;
import dev.comuta.channel.OutboundChannel;
import java.time.Duration;
import java.time.Instant;

/**
 * A call that a provider is to make. When it is answered, the provider asks for the steps of the script
 * ({@code Hook.Kind.NEXT}).
 *
 * @param sessionId the session of the call
 * @param to the number that is dialled first: the end user's, or the internal user's who is rung first; E.164
 * @param ringTime how long it rings
 * @param detectsMachines whether the provider is to detect what answers
 * @param firstAttemptAt when the first attempt to dial may have begun
 */
public record OutgoingCall(
        CallRef ref,
        long sessionId,
        OutboundChannel channel,
        String sipTrunkId,
        String to,
        Duration ringTime,
        boolean detectsMachines,
        CallScript script,
        Instant firstAttemptAt) {}
