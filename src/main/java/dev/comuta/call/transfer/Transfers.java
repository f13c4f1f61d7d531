package dev.comuta.call.transfer;

import dev.comuta.call.CallCommand;
import dev.comuta.call.CallListener;
import dev.comuta.call.CallRef;
import dev.comuta.call.CallTasks;
import dev.comuta.call.CallsAtProvider;
import dev.comuta.call.StoredCall;
import dev.comuta.call.outgoing.CallTargets;
import dev.comuta.call.state.CallStatus;
import dev.comuta.event.EventType;
import dev.comuta.event.Events;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.task.NewTask;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Transfers calls. Each use case locks the call's session, then the call. 'ChamadaTransferida' is recorded once for each
 * transfer, when the end user and the new person are connected.
 */
@ApplicationScoped
class Transfers implements CallListener {

    private static final Duration TIME_TO_ACCEPT = Duration.ofSeconds(60);
    private static final CallCommand EXAMPLE = new CallCommand.Follow(List.of());

    private final Transactions transactions;
    private final TransferStore store;
    private final CallsAtProvider found;
    private final CallTargets targets;
    private final Tasks tasks;
    private final Events events;

    Transfers(
            Transactions transactions,
            TransferStore store,
            CallsAtProvider found,
            CallTargets targets,
            Tasks tasks,
            Events events) {
        this.transactions = transactions;
        this.store = store;
        this.found = found;
        this.targets = targets;
        this.tasks = tasks;
        this.events = events;
    }

    /**
     * Requests a transfer. Fails with a conflict when the call is not answered or has ended, when another transfer of it
     * goes on, or when the provider cannot transfer.
     */
    <V> Uni<RestResponse<V>> begin(CallRef call, TransferFields fields, IdempotentResponse<TransferView, V> once) {
        fields.requireConsistent();
        return transactions.statementsInTenant(call.clientId(), once.of(tx -> begin(tx, call, fields)));
    }

    /** The same in the caller's transaction. */
    Uni<TransferView> begin(Tx tx, CallRef call, TransferFields fields) {
        return found.lock(tx, call)
                .invoke(Transfers::requireAnswered)
                .call(stored -> found.requireSupported(tx, stored, EXAMPLE))
                .chain(stored -> targets.require(tx, call.clientId(), fields.userId(), fields.number())
                        .chain(number -> store.create(tx, stored, fields, number)))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.of(
                        ProblemType.CONFLICT, "another transfer of the call goes on; cancel it, or wait for its end"))
                .call(transfer -> tasks.request(tx, task(transfer, TransferHandler.TO_NEW_PERSON)))
                .call(transfer -> tasks.request(tx, deadline(transfer)))
                .map(StoredTransfer::view);
    }

    private static void requireAnswered(StoredCall call) {
        CallStatus status = call.state().status();
        if (status != CallStatus.IN_PROGRESS || call.script() == null) {
            throw Problem.of(
                    ProblemType.CONFLICT, status.isFinal() ? "the call has ended" : "the call is not answered yet");
        }
    }

    /** Withdraws a transfer that nobody has accepted: the end user goes back. Fails with a conflict when it is too late. */
    <V> Uni<RestResponse<V>> cancel(CallRef call, IdempotentResponse<TransferView, V> once) {
        return transactions.statementsInTenant(call.clientId(), once.of(tx -> cancel(tx, call)));
    }

    /** The same in the caller's transaction. */
    Uni<TransferView> cancel(Tx tx, CallRef call) {
        return found.lock(tx, call)
                .chain(stored -> latest(tx, call))
                .chain(transfer -> transfer.status() == TransferStatus.CANCELED
                        ? Uni.createFrom().item(transfer)
                        : withdraw(tx, transfer))
                .map(StoredTransfer::view);
    }

    private Uni<StoredTransfer> withdraw(Tx tx, StoredTransfer transfer) {
        if (!transfer.status().isPending()) {
            throw Problem.of(
                    ProblemType.CONFLICT,
                    "the transfer is '" + transfer.status().stored() + "' and cannot be canceled any more");
        }
        return apply(tx, transfer, TransferNews.WITHDRAWN)
                .call(() -> tasks.request(tx, task(transfer, TransferHandler.BACK)));
    }

    /** The latest transfer of a call. Fails with 404 when it has none. */
    Uni<TransferView> get(CallRef call) {
        return transactions
                .statementsInTenant(call.clientId(), tx -> latest(tx, call))
                .map(StoredTransfer::view);
    }

    private Uni<StoredTransfer> latest(Tx tx, CallRef call) {
        return store.findLatest(tx, call).onItem().ifNull().failWith(() -> Problem.notFound("transfer"));
    }

    /**
     * Stores news of a transfer.
     *
     * @return the transfer afterwards; fails with 404 when the call has no such transfer
     */
    Uni<StoredTransfer> report(CallRef call, long transferId, TransferNews... news) {
        return transactions.statementsInTenant(call.clientId(), tx -> report(tx, call, transferId, news));
    }

    /** The same in the caller's transaction. */
    Uni<StoredTransfer> report(Tx tx, CallRef call, long transferId, TransferNews... news) {
        Uni<StoredTransfer> transfer = found.lock(tx, call)
                .chain(locked -> store.get(tx, call.clientId(), transferId))
                .invoke(stored -> requireOf(call, stored));
        for (TransferNews each : news) {
            transfer = transfer.chain(stored -> apply(tx, stored, each));
        }
        return transfer;
    }

    private static void requireOf(CallRef call, StoredTransfer transfer) {
        if (!transfer.call().equals(call)) {
            throw Problem.notFound("transfer");
        }
    }

    private Uni<StoredTransfer> apply(Tx tx, StoredTransfer transfer, TransferNews news) {
        TransferStatus next = transfer.status().after(news);
        boolean bridges = transfer.status() != TransferStatus.BRIDGED && next == TransferStatus.BRIDGED;
        return next == transfer.status()
                ? Uni.createFrom().item(transfer)
                : store.change(tx, transfer, next).call(() -> Unis.when(bridges, () -> bridged(tx, transfer)));
    }

    private Uni<Void> bridged(Tx tx, StoredTransfer transfer) {
        JsonObject data =
                new JsonObject().put("CallID", Long.toString(transfer.call().callId()));
        return store.giveTo(tx, transfer)
                .chain(() -> events.record(
                        tx, transfer.call().clientId(), transfer.sessionId(), EventType.CALL_TRANSFERRED, data));
    }

    @Override
    public Uni<Void> ended(Tx tx, StoredCall call) {
        return store.findLatest(tx, call.ref())
                .chain(transfer -> transfer == null
                        ? Uni.createFrom().voidItem()
                        : apply(tx, transfer, TransferNews.CALL_ENDED).replaceWithVoid());
    }

    private static NewTask task(StoredTransfer transfer, String action) {
        return work(transfer, action)
                .serialKey(CallTasks.serialKey(transfer.call().callId()));
    }

    /** It waits for its time without holding up the commands to the call. */
    private static NewTask deadline(StoredTransfer transfer) {
        return work(transfer, TransferHandler.DEADLINE)
                .delay(Duration.ofSeconds(transfer.ringSeconds()).plus(TIME_TO_ACCEPT));
    }

    private static NewTask work(StoredTransfer transfer, String action) {
        return NewTask.of(CallTasks.TRANSFER)
                .client(transfer.call().clientId())
                .session(transfer.sessionId())
                .data(new JsonObject()
                        .put("callId", transfer.call().callId())
                        .put("transferId", transfer.transferId())
                        .put("acao", action));
    }
}
