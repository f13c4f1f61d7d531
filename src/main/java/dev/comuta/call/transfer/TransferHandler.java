package dev.comuta.call.transfer;

import dev.comuta.call.CallCommand;
import dev.comuta.call.CallRef;
import dev.comuta.call.CallTasks;
import dev.comuta.call.CallsAtProvider;
import dev.comuta.call.CallsAtProvider.Found;
import dev.comuta.call.CallsConfig;
import dev.comuta.call.answer.Verb;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Moves the end user's side of a call: to the new person, or back when a transfer is canceled or overdue. */
@ApplicationScoped
class TransferHandler implements TaskHandler {

    static final String TO_NEW_PERSON = "transferir";
    static final String BACK = "voltar";
    static final String DEADLINE = "prazo";

    private final Transactions transactions;
    private final Transfers transfers;
    private final TransferStore store;
    private final CallsAtProvider found;
    private final WayBack back;
    private final CallsConfig config;

    TransferHandler(
            Transactions transactions,
            Transfers transfers,
            TransferStore store,
            CallsAtProvider found,
            WayBack back,
            CallsConfig config) {
        this.transactions = transactions;
        this.transfers = transfers;
        this.store = store;
        this.found = found;
        this.back = back;
        this.config = config;
    }

    /**
     * What is to be done.
     *
     * @param steps null for nothing
     */
    private record Work(Found call, List<Verb> steps) {}

    @Override
    public Set<TaskType> types() {
        return Set.of(CallTasks.TRANSFER);
    }

    @Override
    public Duration timeLimit() {
        return config.timeLimit();
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        return transactions
                .statementsInTenant(task.clientId(), tx -> work(tx, task))
                .chain(work -> work.steps() == null ? Uni.createFrom().item(Outcome.nothingToDo()) : move(task, work));
    }

    private Uni<Work> work(Tx tx, ClaimedTask task) {
        return found.get(tx, call(task)).chain(known -> store.get(tx, task.clientId(), task.requestedId("transferId"))
                .chain(transfer -> isDue(action(task), known, transfer.status())
                        ? steps(tx, action(task), known, transfer).map(steps -> new Work(known, steps))
                        : Uni.createFrom().item(new Work(known, null))));
    }

    private static boolean isDue(String action, Found known, TransferStatus status) {
        boolean goesOn =
                !known.call().state().status().isFinal() && known.atProvider().providerId() != null;
        return goesOn
                && switch (action) {
                    case TO_NEW_PERSON -> status == TransferStatus.REQUESTED;
                    case BACK -> status == TransferStatus.CANCELED;
                    default -> status.isPending();
                };
    }

    private Uni<List<Verb>> steps(Tx tx, String action, Found known, StoredTransfer transfer) {
        return TO_NEW_PERSON.equals(action)
                ? Uni.createFrom().item(TransferSteps.toNewPerson(known.call(), transfer))
                : back.steps(tx, known.call(), transfer);
    }

    private Uni<Outcome> move(ClaimedTask task, Work work) {
        TransferNews news =
                switch (action(task)) {
                    case TO_NEW_PERSON -> TransferNews.RINGS;
                    case BACK -> TransferNews.WITHDRAWN;
                    default -> TransferNews.OVERDUE;
                };
        return found.command(work.call().atProvider(), new CallCommand.Follow(work.steps()))
                .replaceWith(new Outcome.Done(null, tx -> reported(tx, task, news)));
    }

    private Uni<Void> reported(Tx tx, ClaimedTask task, TransferNews news) {
        return transfers
                .report(tx, call(task), task.requestedId("transferId"), news)
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> onFailed(Tx tx, ClaimedTask task, String cause) {
        return TO_NEW_PERSON.equals(action(task))
                ? reported(tx, task, TransferNews.REFUSED)
                : Uni.createFrom().voidItem();
    }

    private static CallRef call(ClaimedTask task) {
        return new CallRef(task.clientId(), task.requestedId("callId"));
    }

    private static String action(ClaimedTask task) {
        return String.valueOf(task.requestData().getValue("acao"));
    }
}
