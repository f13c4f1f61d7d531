package dev.comuta.call.outgoing;

import dev.comuta.call.CallProviders;
import dev.comuta.call.CallReading;
import dev.comuta.call.CallTasks;
import dev.comuta.call.CallView;
import dev.comuta.call.CallsConfig;
import dev.comuta.call.outgoing.OutgoingCallStore.Created;
import dev.comuta.call.plan.ChannelPlan;
import dev.comuta.call.plan.Scripts;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelTerms;
import dev.comuta.channel.ChannelTypes;
import dev.comuta.channel.OutboundChannel;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.quota.Limit;
import dev.comuta.quota.Quotas;
import dev.comuta.task.NewTask;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;

/** Makes calls for the company. */
@ApplicationScoped
class OutgoingCalls {

    private static final int SECONDS_PER_MINUTE = 60;
    private static final long MAX_MINUTES = 24 * 60;
    private static final List<Limit> CEILINGS = List.of(Limit.CALLS_AT_ONCE, Limit.CALLS_PER_HOUR, Limit.CALLS_PER_DAY);

    private final Transactions transactions;
    private final ChannelDirectory channels;
    private final CallProviders providers;
    private final CalledPeople people;
    private final CallTargets targets;
    private final Scripts scripts;
    private final CallRuleStore rules;
    private final CallTimes times;
    private final OutgoingCallStore store;
    private final Quotas quotas;
    private final Tasks tasks;
    private final CallsConfig config;
    private final Clock clock;

    OutgoingCalls(
            Transactions transactions,
            ChannelDirectory channels,
            CallProviders providers,
            CalledPeople people,
            CallTargets targets,
            Scripts scripts,
            CallRuleStore rules,
            CallTimes times,
            OutgoingCallStore store,
            Quotas quotas,
            Tasks tasks,
            CallsConfig config,
            Clock clock) {
        this.transactions = transactions;
        this.channels = channels;
        this.providers = providers;
        this.people = people;
        this.targets = targets;
        this.scripts = scripts;
        this.rules = rules;
        this.times = times;
        this.store = store;
        this.quotas = quotas;
        this.tasks = tasks;
        this.config = config;
        this.clock = clock;
    }

    /** What is known of the channel and its client. */
    private record Terms(ChannelTerms channel, ChannelPlan plan, CallRules rules) {

        private long clientId() {
            return channel.ref().clientId();
        }
    }

    /**
     * A call that may be made.
     *
     * @param broker number of the internal user who is rung first; null for none
     * @param maxSeconds longest duration
     */
    private record Allowed(Terms terms, CalledPerson person, String broker, int maxSeconds) {}

    /**
     * Stores a call, and the task that dials. Nothing is stored when the rules do not allow the call: fails as invalid for
     * numbers that must not be called, with a conflict when the end user does not want calls or not at this time, and
     * with a limit.
     */
    <V> Uni<RestResponse<V>> make(long clientId, OutgoingCallFields fields, IdempotentResponse<CallView, V> once) {
        fields.requireConsistent(clock.instant());
        return transactions.statementsInTenant(clientId, once.of(tx -> make(tx, clientId, fields)));
    }

    /** The same in the caller's transaction. */
    Uni<CallView> make(Tx tx, long clientId, OutgoingCallFields fields) {
        return channel(tx, clientId, fields)
                .chain(channel -> terms(tx, channel))
                .chain(terms -> allow(tx, terms, fields))
                .call(() -> InOrder.each(CEILINGS, limit -> quotas.requireRoom(tx, clientId, limit)))
                .chain(allowed -> store(tx, allowed, fields))
                .chain(created -> CallReading.get(tx, created.ref()));
    }

    private Uni<ChannelTerms> channel(Tx tx, long clientId, OutgoingCallFields fields) {
        return channels.findActive(tx, clientId, ChannelTypes.VOICE_CALL, from(fields))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.invalid("from", "is not the number of an active voice channel of this client"))
                .call(channel -> channels.getOutbound(tx, channel.ref()).invoke(this::requireComplete));
    }

    private void requireComplete(OutboundChannel channel) {
        providers.of(channel.provider()).map(provider -> provider.lack(channel)).ifPresent(lack -> {
            throw Problem.invalid("from", lack);
        });
    }

    private static PhoneNumber from(OutgoingCallFields fields) {
        return PhoneNumber.parse("from", fields.from());
    }

    private Uni<Terms> terms(Tx tx, ChannelTerms channel) {
        return rules.effective(tx, channel.ref().clientId())
                .chain(own -> scripts.read(tx, channel.ref()).map(plan -> new Terms(channel, plan, own)));
    }

    private Uni<Allowed> allow(Tx tx, Terms terms, OutgoingCallFields fields) {
        return people.require(tx, terms.channel(), terms.rules().countries(), fields)
                .invoke(person -> times.require(terms.rules(), terms.plan(), person.number(), moment(fields)))
                .chain(person -> allow(tx, terms, person, fields));
    }

    private Instant moment(OutgoingCallFields fields) {
        return fields.scheduledAt() == null ? clock.instant() : fields.scheduledAt();
    }

    private Uni<Allowed> allow(Tx tx, Terms terms, CalledPerson person, OutgoingCallFields fields) {
        return broker(tx, terms, fields).chain(broker -> quotas.maximum(tx, terms.clientId(), Limit.CALL_MINUTES)
                .map(minutes -> new Allowed(terms, person, broker.orElse(null), maxSeconds(minutes))));
    }

    /** Fails when the client may not call at all. */
    private static int maxSeconds(long minutes) {
        if (minutes == 0) {
            throw Problem.limited(Limit.CALL_MINUTES.apiName(), Duration.ofHours(1));
        }
        return (int) Math.min(minutes, MAX_MINUTES) * SECONDS_PER_MINUTE;
    }

    /** The number of the internal user who is rung first; empty for none. */
    private Uni<Optional<String>> broker(Tx tx, Terms terms, OutgoingCallFields fields) {
        return fields.userId() == null
                ? Uni.createFrom().item(Optional.empty())
                : targets.ofUser(
                                tx,
                                terms.clientId(),
                                fields.userId(),
                                terms.rules().countries())
                        .map(Optional::of);
    }

    private Uni<Created> store(Tx tx, Allowed allowed, OutgoingCallFields fields) {
        Terms terms = allowed.terms();
        return store.create(
                        tx,
                        terms.channel().ref(),
                        allowed.person(),
                        fields.userId(),
                        new PhoneNumber(terms.plan().channelNumber()),
                        fields.scheduledAt())
                .call(created -> write(tx, allowed, created, fields))
                .call(created -> tasks.request(tx, dialing(created, fields)));
    }

    private Uni<Void> write(Tx tx, Allowed allowed, Created created, OutgoingCallFields fields) {
        ChannelPlan plan = allowed.terms().plan();
        ChannelPlan open = plan.alwaysOpen();
        int ringSeconds = fields.ringSeconds() == null ? (int) config.ringTime().toSeconds() : fields.ringSeconds();
        OutgoingScript outgoing = new OutgoingScript(
                fields, allowed.person().address(), allowed.broker(), ringSeconds, allowed.maxSeconds());
        return scripts.write(tx, allowed.terms().channel().ref(), open, created.people())
                .map(script -> outgoing.of(plan.plan(), script))
                .chain(script -> store.setScript(tx, created.ref(), script));
    }

    private NewTask dialing(Created created, OutgoingCallFields fields) {
        NewTask task = NewTask.of(CallTasks.DIAL)
                .client(created.ref().clientId())
                .session(created.sessionId())
                .data(new JsonObject().put("callId", created.ref().callId()))
                .serialKey(CallTasks.serialKey(created.ref().callId()));
        return fields.scheduledAt() == null
                ? task
                : task.delay(Duration.between(clock.instant(), fields.scheduledAt()));
    }
}
