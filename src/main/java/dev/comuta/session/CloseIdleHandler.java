package dev.comuta.session;

import dev.comuta.platform.db.Tx;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.NewTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.RecurringHandler;
import dev.comuta.task.TaskType;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;

/**
 * Ends conversations without a message for too long, many in one statement. A session that is written to at the same time
 * is left alone: whoever holds its row is passed over, and one that was written to meanwhile is no longer idle when its row
 * is taken. A message that finds its session idle before this job does, ends it in the same way.
 */
@ApplicationScoped
class CloseIdleHandler implements RecurringHandler {

    /** now() and not clock_timestamp(), which no index can be searched by. */
    private static final String CLOSE = """
            with idle as (
                select s.SessionID from Sessions s
                where s.EndTime is null and s.SessionType = 'Conversa'
                  and s.StartTime <= now() - $1::double precision * interval '1 second'
                  and coalesce(s.LastMessageAt, s.StartTime) <= now() - $1::double precision * interval '1 second'
                order by s.StartTime limit $2
                for no key update skip locked
            ), closed as (
                update Sessions s set EndTime = clock_timestamp() from idle where s.SessionID = idle.SessionID
                returning s.SessionID, s.ClientID
            )
            insert into Events (ClientID, SessionID, EventType, EventData, Timestamp)
            select ClientID, SessionID, 'SessãoEncerrada', '{"motivo": "inatividade"}', clock_timestamp() from closed""";

    private static final int AT_ONCE = 1000;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Tasks tasks;
    private final SessionConfig config;
    private final Clock clock;

    CloseIdleHandler(Tasks tasks, SessionConfig config, Clock clock) {
        this.tasks = tasks;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public TaskType job() {
        return SessionTasks.CLOSE_IDLE;
    }

    @Override
    public Duration timeLimit() {
        return LIMIT;
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        return Uni.createFrom().item(new Outcome.Done(null, this::close));
    }

    private Uni<Void> close(Tx tx) {
        double idleSeconds = config.idleTime().toSeconds();
        return tx.sql(CLOSE, idleSeconds, AT_ONCE).chain(closed -> requestNext(tx, closed.rowCount()));
    }

    private Uni<Void> requestNext(Tx tx, int closed) {
        Duration pause = closed < AT_ONCE ? config.idleCheck() : Duration.ZERO;
        return tasks.request(
                tx,
                NewTask.job(SessionTasks.CLOSE_IDLE).notBefore(clock.instant().plus(pause)));
    }
}
