package dev.comuta.call;

import dev.comuta.call.state.CallState;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelRef;
import dev.comuta.channel.OutboundChannel;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Effects;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Asks the provider about a call of which no news arrived, and stores its answer like any other news. Nothing is concluded
 * from the age of a call. When the provider does not answer, it is asked again later, ever more rarely.
 */
@ApplicationScoped
class CheckCallHandler implements TaskHandler {

    private static final int MOST_CHECKS_AFTER_END = 5;

    private final Transactions transactions;
    private final CallStore store;
    private final Calls calls;
    private final CallProviders providers;
    private final ChannelDirectory channels;
    private final CallsConfig config;

    CheckCallHandler(
            Transactions transactions,
            CallStore store,
            Calls calls,
            CallProviders providers,
            ChannelDirectory channels,
            CallsConfig config) {
        this.transactions = transactions;
        this.store = store;
        this.calls = calls;
        this.providers = providers;
        this.channels = channels;
        this.config = config;
    }

    /** @param channel null when there is nothing to ask */
    private record Asked(StoredCall call, OutboundChannel channel, List<StoredLeg> legs) {}

    @Override
    public Set<TaskType> types() {
        return Set.of(CallTasks.CHECK);
    }

    @Override
    public Duration timeLimit() {
        return config.timeLimit();
    }

    /** The next question is another task. */
    @Override
    public int maxAttempts() {
        return 1;
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        CallRef call = new CallRef(task.clientId(), task.requestedId("callId"));
        return transactions
                .statementsInTenant(call.clientId(), tx -> find(tx, call))
                .chain(asked ->
                        asked.call().providerId() == null ? Uni.createFrom().item(stop(asked)) : ask(asked));
    }

    private Uni<Asked> find(Tx tx, CallRef call) {
        return store.get(tx, call)
                .chain(stored -> channels.getOutbound(tx, new ChannelRef(call.clientId(), stored.channelId()))
                        .chain(channel -> store.legs(tx, call).map(legs -> new Asked(stored, channel, legs))));
    }

    private Uni<Outcome> ask(Asked asked) {
        CallProvider provider = providers.of(asked.channel().provider()).orElse(null);
        if (provider == null) {
            return Uni.createFrom().item(stop(asked));
        }
        StoredCall call = asked.call();
        return provider.ask(new ProviderCall(
                        call.ref(), call.sessionId(), asked.channel(), call.providerId(), asked.legs()))
                .map(report -> answered(asked, report))
                .onFailure(failure -> failure instanceof TransientFailure || failure instanceof PermanentFailure)
                .recoverWithItem(failure -> unanswered(asked));
    }

    /** After the end there is one question about details that were missing. An end that was only concluded may be none. */
    private Outcome answered(Asked asked, CallReport report) {
        CallRef call = asked.call().ref();
        CallState before = asked.call().state();
        boolean goesOn = before.presumedEnd() && !report.news().hasEnded();
        return done(tx -> InOrder.each(
                        report.legs(), leg -> calls.reportLeg(tx, call, leg.position(), leg.providerId(), leg.news()))
                .chain(() -> calls.report(tx, call, asked.call().providerId(), report.news()))
                .chain(() ->
                        before.status().isFinal() && !goesOn ? store.stopChecking(tx, call) : checkRinging(tx, asked)));
    }

    private Uni<Void> checkRinging(Tx tx, Asked asked) {
        Duration interval = providers.require(asked.channel().provider()).ringingCheck();
        return Unis.when(
                interval != null, () -> store.checkWithin(tx, asked.call().ref(), interval));
    }

    /** The details of an ended call may never be told. */
    private Outcome unanswered(Asked asked) {
        if (asked.call().state().status().isFinal() && asked.call().checks() >= MOST_CHECKS_AFTER_END) {
            return stop(asked);
        }
        int checks = Math.min(asked.call().checks(), 10);
        Duration wait = config.checkAfter().multipliedBy(1L << checks);
        Duration next = wait.compareTo(config.maxCheckAfter()) > 0 ? config.maxCheckAfter() : wait;
        return done(tx -> store.checkLater(tx, asked.call().ref(), next));
    }

    private Outcome stop(Asked asked) {
        return done(tx -> store.stopChecking(tx, asked.call().ref()));
    }

    private static Outcome done(Effects effects) {
        return new Outcome.Done(null, effects);
    }
}
