package dev.comuta.chaos;

import dev.comuta.chaos.ChaosPlan.Damage;
import java.time.Instant;

/** A damage with its start and end. */
record Outage(Damage damage, Instant from, Instant to) {

    boolean overlaps(Instant begin, Instant end) {
        return from.isBefore(end) && to.isAfter(begin);
    }
}
