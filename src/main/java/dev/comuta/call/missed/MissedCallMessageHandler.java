package dev.comuta.call.missed;

import dev.comuta.call.CallRef;
import dev.comuta.call.CallsConfig;
import dev.comuta.call.missed.MissedStore.MissedCaller;
import dev.comuta.call.plan.FollowUp;
import dev.comuta.call.plan.Scripts;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelRef;
import dev.comuta.channel.ChannelTerms;
import dev.comuta.message.SessionMessages;
import dev.comuta.message.content.Outgoing;
import dev.comuta.message.rule.SendingRules;
import dev.comuta.message.rule.SendingRules.Recipient;
import dev.comuta.people.ContactedPeople;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.session.SessionRef;
import dev.comuta.session.Sessions;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;

/**
 * Sends the template to the caller of a missed call, within the rules of messages that the company begins. Nothing is
 * sent to a person who got one not long ago, or with whom the company has spoken since.
 */
@ApplicationScoped
class MissedCallMessageHandler implements TaskHandler {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String FIELD = "endUserId";

    private final Transactions transactions;
    private final Scripts scripts;
    private final MissedStore store;
    private final ChannelDirectory channels;
    private final ContactedPeople people;
    private final SendingRules rules;
    private final Sessions sessions;
    private final SessionMessages messages;
    private final CallsConfig config;

    MissedCallMessageHandler(
            Transactions transactions,
            Scripts scripts,
            MissedStore store,
            ChannelDirectory channels,
            ContactedPeople people,
            SendingRules rules,
            Sessions sessions,
            SessionMessages messages,
            CallsConfig config) {
        this.transactions = transactions;
        this.scripts = scripts;
        this.store = store;
        this.channels = channels;
        this.people = people;
        this.rules = rules;
        this.sessions = sessions;
        this.messages = messages;
        this.config = config;
    }

    /** A template to a person, which the rules allow. */
    private record Allowed(ChannelTerms channel, long endUserId, Outgoing.Template template) {}

    @Override
    public Set<TaskType> types() {
        return Set.of(MissedTasks.NOTIFY);
    }

    @Override
    public Duration timeLimit() {
        return LIMIT;
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        CallRef call = MissedCalls.callIn(task);
        return scripts.planOf(new ChannelRef(task.clientId(), MissedCalls.channelIn(task)))
                .map(plan -> plan.plan().followUpOrDefault())
                .chain(followUp -> followUp.sends()
                        ? transactions.statementsInTenant(task.clientId(), tx -> decide(tx, call, followUp))
                        : Uni.createFrom().item(Outcome.nothingToDo()))
                .onFailure(MissedCallMessageHandler::isRefusal)
                .recoverWithItem(problem -> refused(call, (Problem) problem));
    }

    private Uni<Outcome> decide(Tx tx, CallRef call, FollowUp followUp) {
        return store.caller(tx, call, config.followUpPause())
                .chain(caller -> caller == null || caller.wasNotified() || caller.answered()
                        ? Uni.createFrom().item(Outcome.nothingToDo())
                        : allowed(tx, caller, followUp)
                                .map(allowed -> new Outcome.Done(null, effects -> send(effects, call, allowed))));
    }

    private Uni<Allowed> allowed(Tx tx, MissedCaller caller, FollowUp followUp) {
        Outgoing.Template template = followUp.templateTo(caller.name());
        return channels.getTerms(tx, followUp.channelId())
                .invoke(MissedCallMessageHandler::requireActive)
                .call(channel -> requireReachable(tx, channel, caller.endUserId()))
                .call(channel ->
                        rules.requireToBegin(tx, new Recipient(channel, caller.endUserId(), false, true), template))
                .map(channel -> new Allowed(channel, caller.endUserId(), template));
    }

    private static void requireActive(ChannelTerms channel) {
        if (!channel.active()) {
            throw Problem.of(ProblemType.CONFLICT, "the channel is not 'Ativo'");
        }
    }

    private Uni<Void> requireReachable(Tx tx, ChannelTerms channel, long endUserId) {
        return sessions.hasAddress(tx, channel, endUserId)
                .chain(hasAddress ->
                        people.requireReachable(tx, channel.ref().clientId(), endUserId, hasAddress, FIELD))
                .replaceWithVoid();
    }

    private Uni<Void> send(Tx tx, CallRef call, Allowed allowed) {
        return sessions.open(tx, allowed.channel(), allowed.endUserId())
                .map(session -> new SessionRef(call.clientId(), session))
                .chain(session -> messages.begin(tx, session, allowed.template()))
                .chain(message -> store.notified(tx, call, message.messageId(), null));
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof Problem problem && problem.type() != ProblemType.UNAVAILABLE;
    }

    private Outcome refused(CallRef call, Problem problem) {
        String reason = problem.type() == ProblemType.CONSENT_REVOKED ? "sem consentimento" : "não permitida";
        return new Outcome.Done(
                new JsonObject().put("recusa", reason).put("detalhe", problem.getMessage()),
                tx -> store.notified(tx, call, null, reason));
    }

    @Override
    public Uni<Void> onFailed(Tx tx, ClaimedTask task, String cause) {
        return store.notified(tx, MissedCalls.callIn(task), null, "falha");
    }
}
