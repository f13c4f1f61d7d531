package dev.comuta.call.summary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.call.CallRef;
import dev.comuta.call.summary.SummaryStore.Summarized;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.Changes;
import dev.comuta.platform.rest.Revision;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;

/** Reads the summaries of calls, and lets people write them. */
@ApplicationScoped
class CallSummaries {

    private static final String OUTCOME = "outcome";

    private final Transactions transactions;
    private final SummaryStore store;
    private final CallOutcomeStore outcomes;
    private final SummaryEvents events;
    private final Changes changes;

    CallSummaries(
            Transactions transactions,
            SummaryStore store,
            CallOutcomeStore outcomes,
            SummaryEvents events,
            Changes changes) {
        this.transactions = transactions;
        this.store = store;
        this.outcomes = outcomes;
        this.events = events;
        this.changes = changes;
    }

    /** The summary of a call, with nulls when there is none. Fails with 404 when the client has no such call. */
    Uni<Revision<CallSummary>> get(CallRef call) {
        return transactions
                .statementsInTenant(call.clientId(), tx -> store.get(tx, call))
                .map(Summarized::revision);
    }

    /** Changes the summary for a person; no assistant overwrites it afterwards. */
    Uni<Revision<CallSummary>> change(CallRef call, ObjectNode patch, String ifMatch) {
        return transactions
                .statementsInTenant(call.clientId(), tx -> store.lock(tx, call)
                        .invoke(current -> current.revision().require(ifMatch))
                        .call(current -> change(tx, call, current, patch))
                        .chain(() -> store.get(tx, call)))
                .map(Summarized::revision);
    }

    private Uni<Void> change(Tx tx, CallRef call, Summarized current, ObjectNode patch) {
        if (current.erased()) {
            throw Problem.of(ProblemType.CONFLICT, "the end user of the call was erased");
        }
        SummaryFields next = changes.merged(current.fields(), patch);
        return Unis.when(!next.equals(current.fields()), () -> requireOutcome(tx, call, current.fields(), next)
                .chain(() -> store.edit(tx, call, next))
                .chain(() -> events.summarized(tx, call, current.sessionId())));
    }

    /** An outcome that the call has already may have left the list since. */
    private Uni<Void> requireOutcome(Tx tx, CallRef call, SummaryFields before, SummaryFields next) {
        return Unis.when(
                next.outcome() != null && !Objects.equals(before.outcome(), next.outcome()),
                () -> outcomes.find(tx, call.clientId())
                        .invoke(list -> list.requireHas(OUTCOME, next.outcome()))
                        .replaceWithVoid());
    }
}
