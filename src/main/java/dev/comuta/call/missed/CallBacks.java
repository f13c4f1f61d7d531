package dev.comuta.call.missed;

import dev.comuta.call.missed.MissedStore.MissedCall;
import dev.comuta.call.plan.ChannelPlan;
import dev.comuta.channel.BusinessHours;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.session.ExpiredSessions;
import dev.comuta.task.NewTask;
import dev.comuta.task.Tasks;
import dev.comuta.task.Tasks.UnclaimedTask;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Requests and ends the tasks 'Retorno'. A person has at most one open task on each channel. */
@ApplicationScoped
class CallBacks {

    private static final String SESSION_ID = "sessionId";

    private final Tasks tasks;
    private final MissedStore store;
    private final ExpiredSessions sessions;
    private final Clock clock;

    CallBacks(Tasks tasks, MissedStore store, ExpiredSessions sessions, Clock clock) {
        this.tasks = tasks;
        this.store = store;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** Requests the task of a missed call whose caller is known, unless the plan wants none or one is open. */
    Uni<Void> request(Tx tx, MissedCall missed, ChannelPlan plan) {
        Duration time = plan.plan().followUpOrDefault().returnTime();
        return Unis.when(
                time.isPositive(), () -> tasks.request(tx, task(missed).delay(untilDeadline(plan.hours(), time))));
    }

    private static NewTask task(MissedCall missed) {
        String key = key(missed.channelId(), missed.endUserId());
        return NewTask.of(MissedTasks.CALL_BACK)
                .client(missed.call().clientId())
                .session(missed.sessionId())
                .data(MissedCalls.request(missed.call(), missed.channelId()).put(SESSION_ID, missed.sessionId()))
                .serialKey(key)
                .dedupeKey(key);
    }

    private static String key(long channelId, long endUserId) {
        return "retorno:" + channelId + ":" + endUserId;
    }

    private Duration untilDeadline(BusinessHours hours, Duration time) {
        return hours == null ? time : Duration.between(clock.instant(), hours.after(clock.instant(), time));
    }

    /**
     * Ends the open tasks of a person. A task that is being completed, or whose session is in use, is left to its
     * deadline, which finds that there is nothing to do.
     *
     * @param reason what happened, for the result of the task
     */
    Uni<Void> end(Tx tx, long clientId, long endUserId, String reason) {
        return store.channelsOfMissed(tx, clientId, endUserId)
                .chain(channels ->
                        InOrder.each(channels, channel -> end(tx, clientId, key(channel, endUserId), reason)));
    }

    private Uni<Void> end(Tx tx, long clientId, String key, String reason) {
        return tasks.lockQueued(tx, clientId, key)
                .chain(queued -> queued.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : sessions.lockFree(
                                        tx,
                                        queued.stream()
                                                .map(CallBacks::sessionOf)
                                                .toList())
                                .chain(held -> tasks.finish(
                                        tx, clientId, of(queued, held), new JsonObject().put("motivo", reason))));
    }

    private static List<Long> of(List<UnclaimedTask> queued, Long[] sessions) {
        return queued.stream()
                .filter(task -> Arrays.asList(sessions).contains(sessionOf(task)))
                .map(UnclaimedTask::taskId)
                .toList();
    }

    private static Long sessionOf(UnclaimedTask task) {
        return task.requestData().getLong(SESSION_ID, 0L);
    }
}
