package dev.comuta.call.outgoing;

import dev.comuta.call.CallsConfig;
import dev.comuta.call.plan.CallingHours;
import dev.comuta.call.plan.ChannelPlan;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.PhoneNumber;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/** When the company may call a number. */
@ApplicationScoped
class CallTimes {

    private final CallsConfig config;

    CallTimes(CallsConfig config) {
        this.config = config;
    }

    /** The first moment from this one on at which a number may be called: this one when it may be called now. */
    ZonedDateTime next(CallRules rules, ChannelPlan channel, PhoneNumber called, Instant moment) {
        CallingHours own = channel.plan().callingHours();
        CallingHours hours = own == null ? rules.callingHours() : own;
        return hours.next(moment, zone(channel, called));
    }

    private ZoneId zone(ChannelPlan channel, PhoneNumber called) {
        ZoneId ofChannel = channel.hours() == null
                ? config.timeZone()
                : ZoneId.of(channel.hours().timeZone());
        return NumberZones.of(called, ofChannel);
    }

    /** Fails with a conflict that names the next possible time when a number may not be called at a moment. */
    void require(CallRules rules, ChannelPlan channel, PhoneNumber called, Instant moment) {
        ZonedDateTime next = next(rules, channel, called, moment);
        if (next.toInstant().isAfter(moment)) {
            throw Problem.of(
                    ProblemType.CALLING_HOURS,
                    "the end user may not be called at this time; the next possible time is "
                            + next.toOffsetDateTime().truncatedTo(ChronoUnit.SECONDS));
        }
    }
}
