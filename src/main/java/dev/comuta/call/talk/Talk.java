package dev.comuta.call.talk;

import dev.comuta.call.CallRef;
import dev.comuta.session.SessionRef;
import java.time.Duration;

/**
 * A connection of a caller with the assistant.
 *
 * @param place the position in the script of the call
 * @param providerCallId the provider's id of the call
 * @param longest how long it may last
 * @param first whether the caller had no connection at this step before
 */
public record Talk(
        CallRef call, SessionRef session, String place, String providerCallId, Duration longest, boolean first) {}
