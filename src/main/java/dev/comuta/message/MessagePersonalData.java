package dev.comuta.message;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.privacy.PersonalData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * What an end user said and was told, and what was done for it: messages, and the tasks, events, alerts and kept answers
 * of the person's sessions. Who writes to a session holds its row first, so an erasure that holds all of them waits for
 * what is being written, and what comes later finds its task taken back.
 */
@ApplicationScoped
class MessagePersonalData implements PersonalData {

    private static final String EXPORT = """
            with mine as (select * from Sessions s where s.ClientID = $1 and s.EndUserID = $2)
            select jsonb_build_object(
                'sessions', (
                    select coalesce(jsonb_agg(jsonb_build_object('sessionId', s.SessionID, 'sessionType', s.SessionType,
                        'channelType', c.ChannelType, 'channelIdentifier', c.ChannelIdentifier,
                        'startTime', s.StartTime, 'endTime', s.EndTime) order by s.SessionID), '[]')
                    from mine s join CommunicationChannels c on c.ChannelID = s.ChannelID),
                'messages', (
                    select coalesce(jsonb_agg(jsonb_build_object('messageId', m.MessageID, 'sessionId', m.SessionID,
                        'senderType', m.SenderType, 'contentType', m.ContentType, 'content', m.Content,
                        'contentData', m.ContentData,
                        'payload', m.Payload, 'timestamp', m.Timestamp, 'status', m.Status) order by m.MessageID), '[]')
                    from mine s join Messages m on m.SessionID = s.SessionID),
                'media', (
                    select coalesce(jsonb_agg(jsonb_build_object('messageId', m.MessageID, 'contentType', m.ContentType,
                        'reference', coalesce(m.ContentData -> 'file', m.Payload)) order by m.MessageID), '[]')
                    from mine s join Messages m on m.SessionID = s.SessionID
                    where m.ContentType = any ($3::text[]) and (m.ContentData is not null or m.Payload is not null)),
                'tasks', (
                    select coalesce(jsonb_agg(jsonb_build_object('taskId', t.TaskID, 'sessionId', t.SessionID,
                        'taskType', t.TaskType, 'status', t.Status, 'requestData', t.RequestData,
                        'resultData', t.ResultData, 'createdAt', t.CreatedAt) order by t.TaskID), '[]')
                    from mine s join BackgroundTasks t on t.SessionID = s.SessionID),
                'events', (
                    select coalesce(jsonb_agg(jsonb_build_object('eventId', e.EventID, 'sessionId', e.SessionID,
                        'eventType', e.EventType, 'eventData', e.EventData, 'timestamp', e.Timestamp)
                        order by e.EventID), '[]')
                    from mine s join Events e on e.SessionID = s.SessionID))""";

    private static final String HOLD = """
            select SessionID from Sessions where ClientID = $1 and EndUserID = $2 order by SessionID for no key update""";

    private static final String CLOSE = """
            with closed as (
                update Sessions set EndTime = clock_timestamp()
                where ClientID = $1 and EndUserID = $2 and EndTime is null
                returning SessionID)
            insert into Events (ClientID, SessionID, EventType, EventData, Timestamp)
            select $1, SessionID, 'SessãoEncerrada', '{"motivo": "apagamento"}', clock_timestamp() from closed""";

    /** A receipt that comes later must neither find the message nor give it the provider's id, which tells the number. */
    private static final String MESSAGES = """
            update Messages m
            set Content = null, ContentData = null, Payload = null, FailedProviderIDs = null,
                ProviderMessageID = case when m.SenderType <> 'Usuário-Cliente' then 'apagado' end,
                Status = case when m.Status <> 'Pendente' then m.Status
                    when exists (select from BackgroundTasks t
                                 where t.SessionID = m.SessionID and t.TaskType = 'EnvioMensagem' and t.LeaseID is not null
                                   and t.RequestData ->> 'messageId' = m.MessageID::text) then 'Incerta'
                    when m.Status = 'Pendente' then 'Falhou' end
            from Sessions s
            where s.ClientID = $1 and s.EndUserID = $2 and m.SessionID = s.SessionID""";

    /** What has failed cannot be tried again: there is nothing to try it with. */
    private static final String TASKS = """
            with before as (
                select t.TaskID, t.Status in ('Pendente', 'Em Andamento') as open
                from Sessions s join BackgroundTasks t on t.SessionID = s.SessionID
                where s.ClientID = $1 and s.EndUserID = $2
                order by t.TaskID for no key update of t
            ), erased as (
                update BackgroundTasks t
                set Status = case when t.Status in ('Pendente', 'Em Andamento', 'Falhou') then 'Cancelada' else t.Status end,
                    RequestData = jsonb_strip_nulls(jsonb_build_object('messageId', t.RequestData -> 'messageId')),
                    ResultData = case when t.ResultData ? 'tokens'
                        then jsonb_build_object('tokens', t.ResultData -> 'tokens') end,
                    LastError = null, UpdatedAt = clock_timestamp()
                from before where t.TaskID = before.TaskID
                returning t.TaskID, t.SessionID, before.open)
            insert into Events (ClientID, SessionID, EventType, EventData, Timestamp)
            select $1, SessionID, 'TarefaCancelada', jsonb_build_object('TaskID', TaskID::text), clock_timestamp()
            from erased where open order by TaskID""";

    private static final String EVENTS = """
            update Events e
            set EventData = (
                select coalesce(jsonb_object_agg(d.key, d.value), '{}') from jsonb_each(e.EventData) d where d.key = any ($3::text[]))
            from Sessions s
            where s.ClientID = $1 and s.EndUserID = $2 and e.SessionID = s.SessionID
              and e.EventData - $3::text[] <> '{}'""";

    private static final String ALERTS = """
            update Alerts a set Detail = 'Apagado'
            from Sessions s where s.ClientID = $1 and s.EndUserID = $2 and a.ClientID = $1 and a.SessionID = s.SessionID""";

    private static final String ANSWERS = """
            with places as (
                select k.ctid as place, concat(k.Target, ' ', k.Headers ->> 'Location') as told
                from IdempotencyKeys k where k.ClientID = $1 and k.Status is not null)
            update IdempotencyKeys k set BodyHash = '', Headers = '{}', Answer = null
            from places p
            where k.ctid = p.place and (
                exists (select from Sessions s
                        where s.ClientID = $1 and s.EndUserID = $2
                          and s.SessionID = substring(p.told from '/sessions/([0-9]+)')::bigint)
                or exists (select from BackgroundTasks t join Sessions s on s.SessionID = t.SessionID
                           where s.ClientID = $1 and s.EndUserID = $2
                             and t.TaskID = substring(p.told from '/tasks/([0-9]+)')::bigint)
                or exists (select from Alerts a
                           where a.ClientID = $1 and a.Detail = 'Apagado'
                             and a.AlertID = substring(p.told from '/alerts/([0-9]+)')::bigint))""";

    private static final String PARKED = "select comuta_forget_parked($1)";

    /** Ids and words of ours: what an event may say after its person is forgotten. */
    private static final String[] KEPT = {"MessageID", "TaskID", "CallID", "ConsentID", "TaskType", "motivo"};

    @Override
    public Uni<JsonObject> export(Tx tx, Person person) {
        return tx.sql(EXPORT, person.clientId(), person.endUserId(), ContentType.storedMedia())
                .map(rows -> rows.iterator().next().getJsonObject(0));
    }

    @Override
    public Uni<Void> erase(Tx tx, Person person) {
        return on(tx, HOLD, person)
                .chain(() -> on(tx, CLOSE, person))
                .chain(() -> on(tx, MESSAGES, person))
                .chain(() -> on(tx, TASKS, person))
                .chain(() -> tx.sql(EVENTS, person.clientId(), person.endUserId(), KEPT))
                .chain(() -> on(tx, ALERTS, person))
                .chain(() -> forgetElsewhere(tx, person));
    }

    private static Uni<Void> forgetElsewhere(Tx tx, Person person) {
        return on(tx, ANSWERS, person)
                .chain(() -> tx.sql(PARKED, (Object) person.namesAsArray()))
                .replaceWithVoid();
    }

    private static Uni<Void> on(Tx tx, String statement, Person person) {
        return tx.sql(statement, person.clientId(), person.endUserId()).replaceWithVoid();
    }
}
