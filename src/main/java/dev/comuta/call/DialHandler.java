package dev.comuta.call;

import dev.comuta.call.plan.CallScript.Outgoing;
import dev.comuta.call.plan.MachineRule;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallStatus;
import dev.comuta.call.state.EndReason;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelRef;
import dev.comuta.channel.OutboundChannel;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.problem.UnknownOutcome;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a call of the company, once. After an attempt of unknown outcome the provider is searched for the call before it
 * is dialled another time; when the provider cannot tell, it is not dialled.
 */
@ApplicationScoped
class DialHandler implements TaskHandler {

    private final Transactions transactions;
    private final CallStore store;
    private final Calls calls;
    private final CallProviders providers;
    private final ChannelDirectory channels;
    private final List<DialRule> rules;
    private final CallsConfig config;

    DialHandler(
            Transactions transactions,
            CallStore store,
            Calls calls,
            CallProviders providers,
            ChannelDirectory channels,
            @All List<DialRule> rules,
            CallsConfig config) {
        this.transactions = transactions;
        this.store = store;
        this.calls = calls;
        this.providers = providers;
        this.channels = channels;
        this.rules = rules;
        this.config = config;
    }

    /** An attempt makes two requests: it looks for an earlier call, and dials. */
    void check(@Observes StartupEvent start) {
        Duration needed = providers.longestRequest().multipliedBy(2);
        if (needed.compareTo(config.timeLimit()) >= 0) {
            throw new ConfigurationException("comuta.calls.time-limit must exceed " + needed.toMillis()
                    + " ms, twice the longest request of a provider");
        }
    }

    /**
     * What is to be done.
     *
     * @param outgoing null when there is nothing to dial
     * @param delay null when it may be dialled now
     */
    private record Prepared(OutgoingCall outgoing, Duration delay) {}

    @Override
    public Set<TaskType> types() {
        return Set.of(CallTasks.DIAL);
    }

    @Override
    public Duration timeLimit() {
        return config.timeLimit();
    }

    @Override
    public int maxAttempts() {
        return config.attempts();
    }

    @Override
    public boolean changesOtherSystems() {
        return true;
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        return transactions
                .statementsInTenant(task.clientId(), tx -> prepare(tx, task))
                .chain(prepared -> prepared.outgoing() == null
                        ? Uni.createFrom().item(notNow(prepared.delay()))
                        : dial(task, prepared.outgoing()))
                .onFailure(RefusedCall.class)
                .recoverWithItem(refusal -> refused(refIn(task), refusal));
    }

    private static Outcome notNow(Duration delay) {
        return delay == null ? Outcome.nothingToDo() : new Outcome.Postponed(delay, "the call may not be made now");
    }

    private Uni<Prepared> prepare(Tx tx, ClaimedTask task) {
        return store.get(tx, refIn(task))
                .chain(call -> isDialed(call)
                        ? Uni.createFrom().item(new Prepared(null, null))
                        : delay(tx, task, call)
                                .chain(delay -> delay == null
                                        ? prepare(tx, task, call)
                                        : Uni.createFrom().item(new Prepared(null, delay))));
    }

    private Uni<Prepared> prepare(Tx tx, ClaimedTask task, StoredCall call) {
        return requireActive(tx, call)
                .chain(() -> channels.getOutbound(tx, new ChannelRef(task.clientId(), call.channelId())))
                .map(channel -> new Prepared(outgoing(task, call, channel), null));
    }

    /** The channel may have become 'Inativo' since a scheduled call was requested. */
    private Uni<Void> requireActive(Tx tx, StoredCall call) {
        return channels.getTerms(tx, call.channelId())
                .invoke(terms -> {
                    if (!terms.active()) {
                        throw new RefusedCall(
                                "the channel is not 'Ativo'",
                                CallNews.of(CallStatus.CANCELED).because(EndReason.WITHDRAWN));
                    }
                })
                .replaceWithVoid();
    }

    /** The longest wait of all rules. A call that may have been dialled does not wait: the provider is searched for it. */
    private Uni<Duration> delay(Tx tx, ClaimedTask task, StoredCall call) {
        return task.hasUnknownOutcome()
                ? Uni.createFrom().nullItem()
                : InOrder.map(rules, rule -> rule.delay(tx, call).map(Optional::ofNullable))
                        .map(delays -> delays.stream()
                                .flatMap(Optional::stream)
                                .max(Comparator.naturalOrder())
                                .orElse(null));
    }

    /** The provider reported the call, it was withdrawn, or another system wrote it. */
    private static boolean isDialed(StoredCall call) {
        return call.providerId() != null || call.state().status() != CallStatus.INITIATED;
    }

    private static OutgoingCall outgoing(ClaimedTask task, StoredCall call, OutboundChannel channel) {
        if (call.script() == null || call.script().outgoing() == null) {
            throw new PermanentFailure("the call has no script of an outgoing call");
        }
        Outgoing begin = call.script().outgoing();
        return new OutgoingCall(
                call.ref(),
                call.sessionId(),
                channel,
                call.sipTrunkId(),
                begin.number(),
                Duration.ofSeconds(begin.ringSeconds()),
                begin.onMachine() != MachineRule.CONNECT,
                call.script(),
                task.createdAt());
    }

    private Uni<Outcome> dial(ClaimedTask task, OutgoingCall call) {
        CallProvider provider = providers.require(call.channel().provider());
        Uni<String> earlier = task.hasUnknownOutcome()
                ? provider.find(call)
                : Uni.createFrom().nullItem();
        return earlier.chain(found -> found == null
                        ? call(task, provider, call)
                        : Uni.createFrom().item(found))
                .map(id -> new Outcome.Done(null, tx -> calls.accepted(tx, call.ref(), id)
                        .chain(() -> checkRinging(tx, call.ref(), provider.ringingCheck()))));
    }

    private Uni<Void> checkRinging(Tx tx, CallRef call, Duration interval) {
        return Unis.when(interval != null, () -> store.checkWithin(tx, call, interval));
    }

    private Uni<String> call(ClaimedTask task, CallProvider provider, OutgoingCall call) {
        task.calling();
        return provider.dial(call)
                .onFailure(DialHandler::mayHaveDialed)
                .transform(failure -> TransientFailure.unanswered(failure, config.searchAfter()));
    }

    /** The next attempt looks for the call, also at a provider whose request must not be repeated. */
    private static boolean mayHaveDialed(Throwable failure) {
        return failure instanceof UnknownOutcome
                || (failure instanceof TransientFailure passing && passing.mayHaveArrived());
    }

    /** A refusal is the end of the call, not of the task's work. */
    private Outcome refused(CallRef call, RefusedCall refusal) {
        JsonObject result = new JsonObject()
                .put("situacao", refusal.news().status().stored())
                .put("motivo", refusal.news().reason().stored());
        return new Outcome.Done(
                result, tx -> calls.report(tx, call, refusal.news()).replaceWithVoid());
    }

    @Override
    public Uni<Void> onFailed(Tx tx, ClaimedTask task, String cause) {
        CallNews end = task.hasUnknownOutcome()
                ? CallNews.ended().because(EndReason.UNKNOWN_OUTCOME)
                : CallNews.of(CallStatus.FAILED).because(EndReason.ERROR);
        return calls.report(tx, refIn(task), end).replaceWithVoid();
    }

    /**
     * People cannot cancel a call that may be ringing already: they hang up, which follows the dialling. The client may
     * become 'Inativo' at any time.
     */
    @Override
    public Uni<Void> onCanceled(Tx tx, ClaimedTask task) {
        if (task.hasUnknownOutcome() && !task.clientInactive()) {
            return Uni.createFrom()
                    .failure(Problem.of(ProblemType.CONFLICT, "the call may be ringing already; hang up instead"));
        }
        CallNews end = task.hasUnknownOutcome()
                ? CallNews.ended().because(EndReason.UNKNOWN_OUTCOME)
                : CallNews.of(CallStatus.CANCELED).because(EndReason.WITHDRAWN);
        return calls.report(tx, refIn(task), end).replaceWithVoid();
    }

    @Override
    public Uni<Void> onRetried(Tx tx, ClaimedTask task) {
        return Uni.createFrom()
                .failure(Problem.of(ProblemType.CONFLICT, "the call has ended; make another call instead"));
    }

    private static CallRef refIn(ClaimedTask task) {
        return new CallRef(task.clientId(), task.requestedId("callId"));
    }
}
