package dev.comuta.task;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The tasks of sessions, for the rooms that export, erase or expire sessions. The caller holds the sessions. */
@ApplicationScoped
public class TasksOfSessions {

    private static final String EXPORT = """
            select coalesce(jsonb_agg(jsonb_build_object('taskId', t.TaskID, 'sessionId', t.SessionID,
                'taskType', t.TaskType, 'status', t.Status, 'requestData', t.RequestData,
                'resultData', t.ResultData, 'createdAt', t.CreatedAt) order by t.TaskID), '[]')
            from BackgroundTasks t where t.ClientID = $1 and t.SessionID = any ($2)""";

    private static final String ATTEMPTED = """
            select (t.RequestData ->> 'messageId')::bigint from BackgroundTasks t
            where t.ClientID = $1 and t.SessionID = any ($2) and t.TaskType = $3 and t.LeaseID is not null
              and t.RequestData ? 'messageId'""";

    /** A failed task cannot be retried afterwards: its data are gone. */
    private static final String ERASE = """
            with before as (
                select t.TaskID, t.Status in ('Pendente', 'Em Andamento') as open
                from BackgroundTasks t where t.ClientID = $1 and t.SessionID = any ($2)
                order by t.TaskID for no key update
            ), erased as (
                update BackgroundTasks t
                set Status = case when t.Status in ('Pendente', 'Em Andamento', 'Falhou') then 'Cancelada' else t.Status end,
                    RequestData = jsonb_strip_nulls(jsonb_build_object('messageId', t.RequestData -> 'messageId')),
                    ResultData = case when t.ResultData ? 'tokens'
                        then jsonb_build_object('tokens', t.ResultData -> 'tokens') end,
                    LastError = null, UpdatedAt = clock_timestamp()
                from before where t.TaskID = before.TaskID
                returning t.TaskID, t.ClientID, t.SessionID, before.open
            )
            select TaskID, case when open then comuta_record_event(
                ClientID, SessionID, 'TarefaCancelada', jsonb_build_object('TaskID', TaskID::text)) end
            from erased order by TaskID""";

    private static final String REMOVE_ENDED = """
            delete from BackgroundTasks
            where SessionID = any ($1) and Status not in ('Pendente', 'Em Andamento')""";

    /** All tasks of these sessions, as an end user gets them. */
    public Uni<JsonArray> export(Tx tx, long clientId, Long[] sessions) {
        return tx.find(EXPORT, row -> row.getJsonArray(0), clientId, sessions);
    }

    /** The messages that tasks of this type name in their data and of which an attempt was begun. */
    public Uni<List<Long>> attemptedMessages(Tx tx, long clientId, Long[] sessions, TaskType type) {
        return tx.list(ATTEMPTED, row -> row.getLong(0), clientId, sessions, type.stored());
    }

    /**
     * Cancels the open tasks of these sessions and removes the content of all. An attempt that is under way writes nothing.
     *
     * @return the ids of all tasks of these sessions
     */
    public Uni<List<Long>> erase(Tx tx, long clientId, Long[] sessions) {
        return tx.list(ERASE, row -> row.getLong(0), clientId, sessions);
    }

    /** Deletes the tasks of these sessions, of any client, that have ended. */
    public Uni<Void> removeEnded(Tx tx, Long[] sessions) {
        return tx.execute(REMOVE_ENDED, (Object) sessions).replaceWithVoid();
    }
}
