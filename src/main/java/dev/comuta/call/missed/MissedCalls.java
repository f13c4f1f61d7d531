package dev.comuta.call.missed;

import dev.comuta.call.CallDirection;
import dev.comuta.call.CallListener;
import dev.comuta.call.CallRef;
import dev.comuta.call.CallsConfig;
import dev.comuta.call.StoredCall;
import dev.comuta.call.state.AnsweredBy;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.session.SessionListener;
import dev.comuta.session.SessionRef;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.NewTask;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/**
 * Requests the decision about each incoming call that ended unanswered, and ends the tasks 'Retorno' of people with whom
 * the company has spoken, or to whom it has written.
 */
@ApplicationScoped
class MissedCalls implements CallListener, SessionListener {

    private static final String CALL_ID = "callId";
    private static final String CHANNEL_ID = "channelId";
    private static final Set<AnsweredBy> PEOPLE = Set.of(AnsweredBy.PERSON, AnsweredBy.UNCERTAIN);

    private final MissedStore store;
    private final CallBacks callBacks;
    private final Tasks tasks;
    private final CallsConfig config;

    MissedCalls(MissedStore store, CallBacks callBacks, Tasks tasks, CallsConfig config) {
        this.store = store;
        this.callBacks = callBacks;
        this.tasks = tasks;
        this.config = config;
    }

    @Override
    public Uni<Void> attended(Tx tx, StoredCall call) {
        return endCallBacks(tx, call.ref(), call.sessionId()).chain(() -> store.attended(tx, call.ref()));
    }

    @Override
    public Uni<Void> ended(Tx tx, StoredCall call) {
        if (call.direction() == CallDirection.OUTBOUND) {
            return Unis.when(reachedPerson(call), () -> endCallBacks(tx, call.ref(), call.sessionId()));
        }
        boolean mayBeMissed =
                !call.isAttended() && call.script() != null && !call.script().refused();
        return Unis.when(mayBeMissed, () -> tasks.request(tx, decision(call)));
    }

    /** A machine that answers is not the end user. Its kind may be reported after it was answered. */
    private static boolean reachedPerson(StoredCall call) {
        AnsweredBy answeredBy = call.state().answeredBy();
        return call.state().connected() && (answeredBy == null || PEOPLE.contains(answeredBy));
    }

    @Override
    public Uni<Void> personWrote(Tx tx, SessionRef session) {
        return store.person(tx, session.clientId(), session.sessionId())
                .chain(person ->
                        Unis.when(person != null, () -> callBacks.end(tx, session.clientId(), person, "mensagem")));
    }

    private Uni<Void> endCallBacks(Tx tx, CallRef call, long sessionId) {
        return store.person(tx, call.clientId(), sessionId)
                .chain(person ->
                        Unis.when(person != null, () -> callBacks.end(tx, call.clientId(), person, "chamada")));
    }

    private NewTask decision(StoredCall call) {
        return NewTask.of(MissedTasks.DECIDE)
                .client(call.ref().clientId())
                .session(call.sessionId())
                .data(request(call.ref(), call.channelId()))
                .dedupeKey("perdida:" + call.ref().callId())
                .delay(config.missedAfter());
    }

    static JsonObject request(CallRef call, long channelId) {
        return new JsonObject().put(CALL_ID, call.callId()).put(CHANNEL_ID, channelId);
    }

    static CallRef callIn(ClaimedTask task) {
        return new CallRef(task.clientId(), task.requestedId(CALL_ID));
    }

    static long channelIn(ClaimedTask task) {
        return task.requestedId(CHANNEL_ID);
    }
}
