package dev.comuta.call.control;

import dev.comuta.call.CallReading;
import dev.comuta.call.CallRef;
import dev.comuta.call.CallTasks;
import dev.comuta.call.CallView;
import dev.comuta.call.Calls;
import dev.comuta.call.CallsAtProvider;
import dev.comuta.call.StoredCall;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallStatus;
import dev.comuta.call.state.EndReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.secret.Secrets;
import dev.comuta.task.NewTask;
import dev.comuta.task.Tasks;
import dev.comuta.task.Tasks.UnclaimedTask;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;

/** Changes calls that go on. The provider is asked by a task; commands to one call are carried out in their order. */
@ApplicationScoped
class CallControl {

    private final Transactions transactions;
    private final CallsAtProvider found;
    private final Calls calls;
    private final Tasks tasks;
    private final Secrets secrets;

    CallControl(Transactions transactions, CallsAtProvider found, Calls calls, Tasks tasks, Secrets secrets) {
        this.transactions = transactions;
        this.found = found;
        this.calls = calls;
        this.tasks = tasks;
        this.secrets = secrets;
    }

    /**
     * Ends a call. A call that is not dialled yet is withdrawn, and an ended one stays as it is. Fails with 404 when the
     * client has no such call.
     */
    <V> Uni<RestResponse<V>> hangUp(CallRef call, IdempotentResponse<CallView, V> once) {
        return transactions.statementsInTenant(call.clientId(), once.of(tx -> hangUp(tx, call)));
    }

    /** The same in the caller's transaction. */
    Uni<CallView> hangUp(Tx tx, CallRef call) {
        return found.lock(tx, call)
                .chain(stored ->
                        stored.state().status().isFinal() ? Uni.createFrom().voidItem() : withdrawOrEnd(tx, stored))
                .chain(() -> CallReading.get(tx, call));
    }

    /** Of a call that the provider has, tasks of a transfer may be queued; the hang-up follows them. */
    private Uni<Void> withdrawOrEnd(Tx tx, StoredCall call) {
        if (call.providerId() != null) {
            return request(tx, call, Order.of(Order.Kind.HANG_UP));
        }
        String key = CallTasks.serialKey(call.ref().callId());
        return tasks.lockQueued(tx, call.ref().clientId(), key)
                .chain(queued -> queued.stream().allMatch(task -> Order.isIn(task.requestData()))
                        ? request(tx, call, Order.of(Order.Kind.HANG_UP))
                        : withdraw(tx, call, key, queued));
    }

    /** The task that dials has not begun. */
    private Uni<Void> withdraw(Tx tx, StoredCall call, String key, List<UnclaimedTask> queued) {
        List<Long> ids = queued.stream().map(UnclaimedTask::taskId).toList();
        CallNews end = CallNews.of(CallStatus.CANCELED).because(EndReason.WITHDRAWN);
        return tasks.cancel(tx, call.ref().clientId(), key, ids)
                .chain(() -> calls.report(tx, call.ref(), end))
                .replaceWithVoid();
    }

    /**
     * Requests a change of an answered call. Fails with a conflict when the call is not answered or has ended, when nobody
     * of the company is in it, or when its provider cannot do it.
     */
    <V> Uni<RestResponse<V>> change(CallRef call, Order order, IdempotentResponse<CallView, V> once) {
        return transactions.statementsInTenant(call.clientId(), once.of(tx -> change(tx, call, order)));
    }

    /** The same in the caller's transaction. */
    Uni<CallView> change(Tx tx, CallRef call, Order order) {
        return found.lock(tx, call)
                .invoke(CallControl::requireAnswered)
                .call(stored -> found.requireSupported(tx, stored, order.command(order.text())))
                .invoke(stored -> requireTaken(stored, order))
                .call(stored -> request(tx, stored, sealed(order)))
                .chain(stored -> CallReading.get(tx, stored.ref()));
    }

    /** Digits may be a secret of the person who sends them. */
    private Order sealed(Order order) {
        return order.kind() == Order.Kind.DIGITS ? new Order(order.kind(), secrets.seal(order.text())) : order;
    }

    private static void requireAnswered(StoredCall call) {
        CallStatus status = call.state().status();
        if (status != CallStatus.IN_PROGRESS) {
            throw Problem.of(
                    ProblemType.CONFLICT, status.isFinal() ? "the call has ended" : "the call is not answered yet");
        }
    }

    /** Two sides are connected when somebody of the company has taken the call. A recording needs one side. */
    private static void requireTaken(StoredCall call, Order order) {
        if (order.kind() != Order.Kind.RECORDING && !call.isAttended()) {
            throw Problem.of(ProblemType.CONFLICT, "nobody of the company has taken the call yet");
        }
    }

    /** Requests the task of a command. The caller has locked the call. */
    private Uni<Void> request(Tx tx, StoredCall call, Order order) {
        return tasks.request(tx, task(call, order));
    }

    /** The task of a command. */
    static NewTask task(StoredCall call, Order order) {
        return NewTask.of(CallTasks.COMMAND)
                .client(call.ref().clientId())
                .session(call.sessionId())
                .data(order.data(call.ref().callId()))
                .serialKey(CallTasks.serialKey(call.ref().callId()));
    }
}
