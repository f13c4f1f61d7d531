package dev.comuta.call.summary;

import dev.comuta.assistant.AssistantConfig;
import dev.comuta.assistant.turn.Conversation;
import dev.comuta.assistant.turn.Conversation.Choice;
import dev.comuta.assistant.turn.Engines;
import dev.comuta.assistant.turn.SessionAssistants;
import dev.comuta.assistant.turn.SessionAssistants.SessionAssistant;
import dev.comuta.assistant.turn.Spending;
import dev.comuta.assistant.turn.Summary;
import dev.comuta.assistant.turn.TurnLimits;
import dev.comuta.call.CallRef;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.session.SessionRef;
import dev.comuta.session.SessionStore;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Asks the engine of the session's assistant for the summary of an ended call. Without an assistant, without words, and
 * with an engine that writes no summaries there is nothing to do. The use of a model counts for the session, whose limits
 * hold.
 */
@ApplicationScoped
class SummaryHandler implements TaskHandler {

    private final Transactions transactions;
    private final SummaryStore store;
    private final CallOutcomeStore outcomes;
    private final SpokenLines lines;
    private final SessionAssistants assistants;
    private final Engines engines;
    private final TurnLimits limits;
    private final SessionStore sessions;
    private final SummaryEvents events;
    private final AssistantConfig config;

    SummaryHandler(
            Transactions transactions,
            SummaryStore store,
            CallOutcomeStore outcomes,
            SpokenLines lines,
            SessionAssistants assistants,
            Engines engines,
            TurnLimits limits,
            SessionStore sessions,
            SummaryEvents events,
            AssistantConfig config) {
        this.transactions = transactions;
        this.store = store;
        this.outcomes = outcomes;
        this.lines = lines;
        this.assistants = assistants;
        this.engines = engines;
        this.limits = limits;
        this.sessions = sessions;
        this.events = events;
        this.config = config;
    }

    /** A call that an assistant is asked about. */
    private record Job(CallRef call, SessionRef session, Spending spent, Conversation conversation) {}

    @Override
    public Set<TaskType> types() {
        return Set.of(SummaryTasks.SUMMARIZE);
    }

    @Override
    public Duration timeLimit() {
        return config.turnTimeLimit();
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        CallRef call = SummaryRequests.callIn(task);
        return transactions
                .statementsInTenant(task.clientId(), tx -> find(tx, call))
                .chain(job -> job == null ? Uni.createFrom().item(Outcome.nothingToDo()) : summarize(job));
    }

    /** {@return null when there is nothing to do} */
    private Uni<Job> find(Tx tx, CallRef call) {
        return store.findEnded(tx, call)
                .chain(ended -> ended == null || !ended.mayBeSummarized()
                        ? Uni.createFrom().nullItem()
                        : find(tx, call, new SessionRef(call.clientId(), ended.sessionId())));
    }

    private Uni<Job> find(Tx tx, CallRef call, SessionRef session) {
        return assistants
                .find(tx, session)
                .chain(assistant ->
                        assistant == null ? Uni.createFrom().nullItem() : find(tx, call, session, assistant));
    }

    private Uni<Job> find(Tx tx, CallRef call, SessionRef session, SessionAssistant assistant) {
        return outcomes.find(tx, call.clientId())
                .map(list -> list.outcomes().stream()
                        .map(each -> new Choice(each.outcome(), each.description()))
                        .toList())
                .chain(choices -> lines.of(tx, call, session.sessionId())
                        .map(said -> said.isEmpty() ? null : job(call, session, assistant, said, choices)));
    }

    private static Job job(
            CallRef call,
            SessionRef session,
            SessionAssistant assistant,
            List<Conversation.Line> said,
            List<Choice> choices) {
        Conversation conversation = new Conversation(call.clientId(), assistant.setup(), said, choices);
        return new Job(call, session, assistant.spent(), conversation);
    }

    private Uni<Outcome> summarize(Job job) {
        String reached = limits.reachedBySession(job.spent());
        if (reached != null) {
            return Uni.createFrom().item(new Outcome.Failed("the session has reached its limit of " + reached));
        }
        return engines.of(job.conversation().assistant())
                .summarize(job.conversation())
                .map(summary -> summary == null ? Outcome.nothingToDo() : done(job, summary));
    }

    private Outcome done(Job job, Summary summary) {
        Spending spent = limits.spentBy(job.conversation().assistant(), summary.tokens());
        return new Outcome.Done(
                TurnLimits.resultOf(spent), tx -> spend(tx, job, spent).chain(() -> write(tx, job, summary)));
    }

    private Uni<Void> spend(Tx tx, Job job, Spending spent) {
        return Unis.when(
                spent.rounds() > 0,
                () -> sessions.spend(tx, job.session(), spent.rounds(), spent.tokens(), spent.cost()));
    }

    private Uni<Void> write(Tx tx, Job job, Summary summary) {
        boolean isEmpty = summary.text() == null && summary.outcome() == null;
        return Unis.when(!isEmpty, () -> store.write(tx, job.call(), summary)
                .chain(stored -> Unis.when(
                        stored,
                        () -> events.summarized(tx, job.call(), job.session().sessionId()))));
    }
}
