package dev.comuta.call;

import java.time.Instant;

/** Which calls are listed; null for any. */
record CallFilter(
        String status,
        String direction,
        String outcome,
        Boolean missed,
        Boolean open,
        Long endUserId,
        Long userId,
        Long channelId,
        Instant startedAfter,
        Instant startedBefore) {}
