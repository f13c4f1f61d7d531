package dev.comuta.call.outgoing;

import dev.comuta.call.DialRule;
import dev.comuta.call.RefusedCall;
import dev.comuta.call.StoredCall;
import dev.comuta.call.plan.ChannelPlan;
import dev.comuta.call.plan.Scripts;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallStatus;
import dev.comuta.call.state.EndReason;
import dev.comuta.channel.ChannelRef;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.PhoneNumber;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A call waits until its end user may be called, for example when it was scheduled and the server was away at its time. It
 * is not made when the end user opted out since.
 */
@ApplicationScoped
class DialTimes implements DialRule {

    private final OutgoingCallStore store;
    private final CallConsents consents;
    private final Scripts scripts;
    private final CallRuleStore rules;
    private final CallTimes times;
    private final Clock clock;

    DialTimes(
            OutgoingCallStore store,
            CallConsents consents,
            Scripts scripts,
            CallRuleStore rules,
            CallTimes times,
            Clock clock) {
        this.store = store;
        this.consents = consents;
        this.scripts = scripts;
        this.rules = rules;
        this.times = times;
        this.clock = clock;
    }

    @Override
    public Uni<Duration> delay(Tx tx, StoredCall call) {
        ChannelRef channel = new ChannelRef(call.ref().clientId(), call.channelId());
        PhoneNumber called = PhoneNumber.received(call.to());
        return requireConsent(tx, call)
                .chain(() -> rules.effective(tx, channel.clientId()))
                .chain(own -> scripts.read(tx, channel).map(plan -> delay(own, plan, called)));
    }

    private Uni<Void> requireConsent(Tx tx, StoredCall call) {
        return store.findEndUser(tx, call.ref())
                .chain(endUser -> endUser == null
                        ? Uni.createFrom().voidItem()
                        : consents.require(tx, call.ref().clientId(), endUser))
                .onFailure(DialTimes::isOptOut)
                .transform(optedOut -> new RefusedCall(
                        "the end user opted out",
                        CallNews.of(CallStatus.CANCELED).because(EndReason.BLOCKED)));
    }

    private static boolean isOptOut(Throwable failure) {
        return failure instanceof Problem problem && problem.type() == ProblemType.CONSENT_REVOKED;
    }

    /** Null when the number may be called now. */
    private Duration delay(CallRules own, ChannelPlan plan, PhoneNumber called) {
        Instant now = clock.instant();
        Instant next = called == null ? now : times.next(own, plan, called, now).toInstant();
        return next.isAfter(now) ? Duration.between(now, next) : null;
    }
}
