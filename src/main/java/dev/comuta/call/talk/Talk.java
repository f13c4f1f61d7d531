package dev.comuta.call.talk;

import dev.comuta.call.CallRef;
import java.time.Duration;

/** A live connection of a call with its assistant. */
public record Talk(
        CallRef call,
        long channelId,
        long sessionId,
        String place,
        String providerCallId,
        Duration longest,
        boolean first) {}
