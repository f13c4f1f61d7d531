package dev.comuta.call;

import dev.comuta.call.CallStore.Ringing;
import dev.comuta.call.plan.CallFlow;
import dev.comuta.call.plan.CallScript.Callee;
import dev.comuta.call.plan.ChannelPlan;
import dev.comuta.call.plan.Scripts;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallState;
import dev.comuta.call.state.CallStatus;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The calls of all providers. News may be repeated and may arrive in any order; each use case locks the call's session,
 * then the call, and leaves the change to {@link CallChanges}.
 */
@ApplicationScoped
public class Calls {

    private final Transactions transactions;
    private final CallStore store;
    private final Scripts scripts;
    private final CallChanges changes;
    private final List<CallListener> listeners;
    private final CallsConfig config;

    Calls(
            Transactions transactions,
            CallStore store,
            Scripts scripts,
            CallChanges changes,
            @All List<CallListener> listeners,
            CallsConfig config) {
        this.transactions = transactions;
        this.store = store;
        this.scripts = scripts;
        this.changes = changes;
        this.listeners = listeners;
        this.config = config;
    }

    /**
     * Stores news of a call to a number of a channel: its session, the call and its event when it is the first, and the
     * state. One commit.
     *
     * @return the call after the news, with its script; fails as unavailable when the database is, and may then be
     *     repeated
     */
    public Uni<RungCall> ring(InboundCall call) {
        return ring(call, (tx, begun) -> Uni.createFrom().voidItem());
    }

    /** The same; what a provider writes when the call is new is in the same commit. */
    public Uni<RungCall> ring(InboundCall call, BiFunction<Tx, StoredCall, Uni<Void>> whenNew) {
        return scripts.planOf(call.channel())
                .chain(plan -> transactions.statementsInTenant(call.channel().clientId(), tx -> ring(tx, call, plan)
                        .call(rung -> Unis.when(rung.isNew(), () -> whenNew.apply(tx, rung.call())))));
    }

    private Uni<RungCall> ring(Tx tx, InboundCall call, ChannelPlan plan) {
        return store.ring(tx, call)
                .chain(ringing -> (ringing.isNew() ? begin(tx, call, plan, ringing) : store.lock(tx, ringing.ref()))
                        .chain(stored -> applyNew(tx, stored, call.news(), ringing.isNew()))
                        .map(stored -> new RungCall(stored, ringing.isNew())));
    }

    /** A call that this transaction stored, which nobody else sees yet. */
    private Uni<StoredCall> begin(Tx tx, InboundCall call, ChannelPlan plan, Ringing ringing) {
        return scripts.write(tx, call.channel(), plan, ringing.people())
                .call(script -> store.begin(tx, ringing.ref(), script, config.checkAfter()))
                .map(script -> StoredCall.begun(call, ringing, script));
    }

    private Uni<StoredCall> applyNew(Tx tx, StoredCall call, CallNews news, boolean isNew) {
        boolean isChange = !call.state().equals(changes.after(call.state(), news));
        return isNew && !isChange ? unchanged(call) : changes.apply(tx, call, news);
    }

    /** Stores news of a call. Fails with 404 when the client has no such call. */
    public Uni<StoredCall> report(CallRef call, CallNews news) {
        return transactions.statementsInTenant(call.clientId(), tx -> report(tx, call, news));
    }

    /** The same, with the provider's id, which the call may not have yet. */
    public Uni<StoredCall> reportAccepted(CallRef call, String providerId, CallNews news) {
        return transactions.statementsInTenant(call.clientId(), tx -> lockAccepted(tx, call, providerId)
                .chain(stored -> apply(tx, stored, providerId, news)));
    }

    /** The broker whom the end user has left is a leg of the call. */
    private Uni<StoredCall> apply(Tx tx, StoredCall call, String providerId, CallNews news) {
        boolean isCall = call.providerId() == null || call.providerId().equals(providerId);
        return isCall || !call.ringsBrokerFirst()
                ? changes.apply(tx, call, news)
                : store.legs(tx, call.ref()).chain(legs -> legs.stream()
                        .filter(leg -> providerId.equals(leg.providerId()))
                        .findFirst()
                        .map(leg -> changeLeg(tx, call, leg, news).replaceWith(call))
                        .orElseGet(() -> changes.apply(tx, call, news)));
    }

    /** The same in the caller's transaction. */
    public Uni<StoredCall> report(Tx tx, CallRef call, CallNews news) {
        return store.lock(tx, call).chain(stored -> changes.apply(tx, stored, news));
    }

    /** The same of the telephone with a provider's id, which may have been the call and is it no longer. */
    Uni<StoredCall> report(Tx tx, CallRef call, String providerId, CallNews news) {
        return store.lock(tx, call).chain(stored -> apply(tx, stored, providerId, news));
    }

    /**
     * The call of a provider's id, without a lock.
     *
     * @return null when the channel has none
     */
    public Uni<CallRef> find(long clientId, long channelId, String providerId) {
        return transactions
                .statementsInTenant(clientId, tx -> store.findByProviderId(tx, channelId, providerId))
                .map(id -> id == null ? null : new CallRef(clientId, id));
    }

    /** Those of a provider's ids that calls of a channel have. */
    public Uni<List<String>> known(long clientId, long channelId, List<String> providerIds) {
        return transactions.statementsInTenant(clientId, tx -> store.known(tx, channelId, providerIds));
    }

    /** Locks a call. Fails with 404 when the client has no such call. */
    public Uni<StoredCall> lock(Tx tx, CallRef call) {
        return store.lock(tx, call);
    }

    /** The assistant got words of the caller. */
    public Uni<Void> heardByAssistant(Tx tx, CallRef call) {
        return store.heardByAssistant(tx, call);
    }

    /** A call without a lock. Fails with 404 when the client has no such call. */
    public Uni<StoredCall> get(CallRef call) {
        return transactions.statementsInTenant(call.clientId(), tx -> store.get(tx, call));
    }

    /**
     * The provider accepted a call of the company under an id.
     *
     * @return the call afterwards
     */
    public Uni<StoredCall> accepted(Tx tx, CallRef call, String providerId) {
        return lockAccepted(tx, call, providerId)
                .chain(stored -> changes.apply(tx, stored, CallNews.of(CallStatus.QUEUED)));
    }

    private Uni<StoredCall> lockAccepted(Tx tx, CallRef call, String providerId) {
        return store.lock(tx, call).call(() -> store.accepted(tx, call, providerId, config.checkAfter()));
    }

    /**
     * Stores news of a telephone that was dialled for a call.
     *
     * @param position in the script of the call
     * @param providerId the provider's id of the leg; null when not reported
     */
    public Uni<StoredCall> reportLeg(CallRef call, String position, String providerId, CallNews news) {
        return transactions.statementsInTenant(call.clientId(), tx -> reportLeg(tx, call, position, providerId, news));
    }

    /** The same in the caller's transaction. */
    public Uni<StoredCall> reportLeg(Tx tx, CallRef call, String position, String providerId, CallNews news) {
        return store.lock(tx, call).chain(stored -> reportLeg(tx, stored, position, providerId, news));
    }

    private Uni<StoredCall> reportLeg(Tx tx, StoredCall call, String position, String providerId, CallNews news) {
        Callee callee = calleeOf(call, position);
        return store.leg(tx, call, position, callee, providerId)
                .call(leg -> changeLeg(tx, call, leg, news))
                .chain(leg -> takesCall(call, position, leg, news) ? attend(tx, call, leg) : unchanged(call))
                .chain(attended -> attended.ringsBrokerFirst() && callee != null
                        ? changes.applyOfCall(tx, attended, news)
                        : unchanged(attended));
    }

    private Uni<Void> changeLeg(Tx tx, StoredCall call, StoredLeg leg, CallNews news) {
        CallState next = changes.after(leg.state(), news);
        return Unis.when(!next.equals(leg.state()), () -> store.changeLeg(tx, call.ref(), leg, next));
    }

    /** Whether somebody has taken the call because the leg was answered and nobody is asked to press a key. */
    private static boolean takesCall(StoredCall call, String position, StoredLeg leg, CallNews news) {
        boolean answered = news.status() != null && news.status().isAnswered();
        return answered
                && !call.isAttended()
                && calleeOf(call, position) != null
                && !new CallFlow(call.ref().callId(), call.script()).asksAt(position)
                && leg.acceptedAt() == null;
    }

    /**
     * A person who was dialled takes a call.
     *
     * @return whether the call is the person's: it goes on, and nobody else has taken it
     */
    public Uni<Boolean> accept(CallRef call, String position) {
        return transactions.statementsInTenant(call.clientId(), tx -> store.lock(tx, call)
                .chain(stored -> store.leg(tx, stored, position, calleeOf(stored, position), null)
                        .chain(leg -> accept(tx, stored, leg))));
    }

    private Uni<Boolean> accept(Tx tx, StoredCall call, StoredLeg leg) {
        boolean isFree = !call.state().status().isFinal() && (!call.isAttended() || leg.acceptedAt() != null);
        return isFree
                ? attend(tx, call, leg).replaceWith(true)
                : Uni.createFrom().item(false);
    }

    /** Somebody took the call of whom no leg was reported. */
    public Uni<StoredCall> attended(CallRef call, String position) {
        return transactions.statementsInTenant(
                call.clientId(), tx -> store.lock(tx, call).chain(stored -> {
                    Callee callee = calleeOf(stored, position);
                    return attendOnce(tx, stored, callee == null ? null : callee.userId());
                }));
    }

    /**
     * An internal user took a call of which the provider reports no leg.
     *
     * @param userId null when not known
     */
    public Uni<StoredCall> attendedBy(CallRef call, Long userId) {
        return transactions.statementsInTenant(
                call.clientId(), tx -> store.lock(tx, call).chain(stored -> attendOnce(tx, stored, userId)));
    }

    private Uni<StoredCall> attendOnce(Tx tx, StoredCall call, Long userId) {
        return call.isAttended() ? unchanged(call) : attend(tx, call, userId);
    }

    private Uni<StoredCall> attend(Tx tx, StoredCall call, StoredLeg leg) {
        return store.taken(tx, call.ref(), leg).chain(() -> attend(tx, call, leg.userId()));
    }

    /** The session becomes that of the internal user who took the call, who may then change the call. */
    private Uni<StoredCall> attend(Tx tx, StoredCall call, Long userId) {
        Long attending = userId == null && call.ringsBrokerFirst() ? call.requestedFor() : userId;
        return store.attend(tx, call.ref(), attending)
                .call(time ->
                        Unis.when(time != null && attending != null, () -> store.assignSession(tx, call, attending)))
                .chain(time -> time == null ? unchanged(call) : notifyAttended(tx, call.attendedAt(time)));
    }

    /** A call that somebody has taken is answered; a provider may report that only when the conversation is over. */
    private Uni<StoredCall> notifyAttended(Tx tx, StoredCall call) {
        return InOrder.each(listeners, listener -> listener.attended(tx, call))
                .chain(() -> call.state().status().isFinal()
                        ? unchanged(call)
                        : changes.applyOfCall(tx, call, CallNews.of(CallStatus.IN_PROGRESS)));
    }

    private static Callee calleeOf(StoredCall call, String position) {
        return call.script() == null ? null : new CallFlow(call.ref().callId(), call.script()).callee(position);
    }

    /** The broker who is rung first accepted the call, so that the end user is dialled. */
    public Uni<StoredCall> dialing(CallRef call, String position) {
        return reportLeg(call, position, null, CallNews.of(CallStatus.INITIATED));
    }

    private static Uni<StoredCall> unchanged(StoredCall call) {
        return Uni.createFrom().item(call);
    }
}
