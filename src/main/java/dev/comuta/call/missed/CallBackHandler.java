package dev.comuta.call.missed;

import dev.comuta.call.CallRef;
import dev.comuta.call.missed.MissedStore.MissedCaller;
import dev.comuta.call.notice.CallNotice;
import dev.comuta.call.notice.CallNotices;
import dev.comuta.event.EventType;
import dev.comuta.event.Events;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
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
 * The deadline of a task 'Retorno'. When nobody has spoken with or written to the person since the missed call, it records
 * 'RetornoVencido' and mails the broker.
 */
@ApplicationScoped
class CallBackHandler implements TaskHandler {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String OVERDUE = "vencido";

    private final Transactions transactions;
    private final MissedStore store;
    private final Events events;
    private final CallNotices notices;

    CallBackHandler(Transactions transactions, MissedStore store, Events events, CallNotices notices) {
        this.transactions = transactions;
        this.store = store;
        this.events = events;
        this.notices = notices;
    }

    @Override
    public Set<TaskType> types() {
        return Set.of(MissedTasks.CALL_BACK);
    }

    @Override
    public Duration timeLimit() {
        return LIMIT;
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        CallRef call = MissedCalls.callIn(task);
        return transactions
                .statementsInTenant(task.clientId(), tx -> store.caller(tx, call, Duration.ZERO))
                .map(caller -> caller == null || caller.answered()
                        ? new Outcome.Done(new JsonObject().put(OVERDUE, false), tx -> Uni.createFrom()
                                .voidItem())
                        : new Outcome.Done(new JsonObject().put(OVERDUE, true), tx -> overdue(tx, call, caller)));
    }

    private Uni<Void> overdue(Tx tx, CallRef call, MissedCaller caller) {
        JsonObject data = new JsonObject().put("CallID", Long.toString(call.callId()));
        CallNotices.Subject about =
                new CallNotices.Subject(call, caller.sessionId(), caller.channelId(), caller.broker());
        return events.record(tx, call.clientId(), caller.sessionId(), EventType.CALL_BACK_OVERDUE, data)
                .chain(() -> notices.request(tx, about, CallNotice.CALL_BACK_OVERDUE));
    }
}
