-- The statements that run once per message or per task. Each takes an array, so that many share one round trip
-- and one commit.

-- One person of a tenant, found by what the provider calls them, or made. Two first messages of one person wait for
-- each other here, so that they find one person.
create function comuta_end_user(client bigint, kind text, value text, phone text, person_name text, broker bigint)
returns bigint language plpgsql as $$
declare
    found_id bigint;
begin
    select i.EndUserID into found_id from EndUserIdentities i
    where i.ClientID = client and i.Kind = comuta_end_user.kind and i.Value = comuta_end_user.value;
    if found_id is not null then
        return found_id;
    end if;

    perform pg_advisory_xact_lock(hashtextextended(client || '/' || kind || '/' || value, 0));
    select i.EndUserID into found_id from EndUserIdentities i
    where i.ClientID = client and i.Kind = comuta_end_user.kind and i.Value = comuta_end_user.value;
    if found_id is not null then
        return found_id;
    end if;

    insert into ClientEndUsers (ClientID, UserID, Name, PhoneNumber) values (client, broker, person_name, phone)
    returning EndUserID into found_id;
    insert into EndUserIdentities (ClientID, Kind, Value, EndUserID) values (client, kind, value, found_id);
    return found_id;
end
$$;

-- The open conversation of a person on a channel, locked by this transaction: reused until it was idle too long. A new
-- one belongs to the person's own broker, as long as that one is 'Ativo', or else to the channel's.
create function comuta_open_session(
    client bigint, channel bigint, person bigint, broker bigint, assistant bigint, idle interval)
returns bigint language plpgsql as $$
declare
    open_id bigint;
    last_message timestamptz;
begin
    update Sessions s set LastMessageAt = clock_timestamp()
    where s.ChannelID = channel and s.EndUserID = person and s.EndTime is null and s.SessionType = 'Conversa'
      and coalesce(s.LastMessageAt, s.StartTime) > clock_timestamp() - idle
    returning s.SessionID into open_id;
    if open_id is not null then
        return open_id;
    end if;

    update Sessions s set EndTime = clock_timestamp()
    where s.ChannelID = channel and s.EndUserID = person and s.EndTime is null and s.SessionType = 'Conversa'
      and coalesce(s.LastMessageAt, s.StartTime) <= clock_timestamp() - idle
    returning s.SessionID into open_id;
    if open_id is not null then
        insert into Events (ClientID, SessionID, EventType, EventData, Timestamp)
        values (client, open_id, 'SessãoEncerrada', '{"motivo": "inatividade"}', clock_timestamp());
    end if;

    insert into Sessions (ClientID, ChannelID, UserID, EndUserID, AssistantID, StartTime, SessionType, LastMessageAt)
    select client, channel, coalesce(b.UserID, broker), person, assistant, clock_timestamp(), 'Conversa',
           clock_timestamp()
    from ClientEndUsers u
    left join ClientUsers b on b.ClientID = client and b.UserID = u.UserID and b.Status = 'Ativo'
    where u.EndUserID = person
    on conflict (ChannelID, EndUserID) where EndTime is null and SessionType = 'Conversa'
        do update set LastMessageAt = excluded.LastMessageAt
    returning SessionID into open_id;
    return open_id;
end
$$;

-- Takes tasks for one attempt each. A task is taken when its time has come, nobody holds it, and no older open task
-- has its key. leases: task type -> seconds until the attempt counts as lost; other types are left alone.
-- unfinished: an earlier attempt never reported its end, so what it did to the outside world is not known.
-- PL/pgSQL keeps its plan; before PostgreSQL 18 a function in SQL is planned at every call.
create function comuta_claim(ids bigint[], leases jsonb)
returns table (
    task_id bigint, task_type text, client_id bigint, session_id bigint, request_data jsonb, attempts integer,
    lease_id uuid, serial_key text, trace_parent text, created_at timestamptz, unfinished boolean)
language plpgsql as $$
begin
    return query
    with free as (
        select t.TaskID, t.LeaseID is not null as unfinished
        from BackgroundTasks t
        where t.TaskID = any (ids)
          and leases ? t.TaskType
          and (t.NotBefore is null or t.NotBefore <= clock_timestamp())
          and (t.Status = 'Pendente' or t.Status = 'Em Andamento' and t.DueAt < clock_timestamp())
          and (t.SerialKey is null or not exists (
              select from BackgroundTasks older
              where older.SerialKey = t.SerialKey and older.TaskID < t.TaskID
                and older.Status in ('Pendente', 'Em Andamento')))
        order by t.TaskID
        for update of t skip locked
    )
    update BackgroundTasks t
    set Status = 'Em Andamento', LeaseID = gen_random_uuid(), Attempts = t.Attempts + 1, UpdatedAt = clock_timestamp(),
        DueAt = clock_timestamp() + (leases ->> t.TaskType)::double precision * interval '1 second'
    from free
    where t.TaskID = free.TaskID
    returning t.TaskID, t.TaskType, t.ClientID, t.SessionID, coalesce(t.RequestData, '{}'), t.Attempts, t.LeaseID,
              t.SerialKey, t.TraceParent, t.CreatedAt, free.unfinished;
end
$$;

-- Open tasks that nobody looked after: to be published again. An attempt whose lease ran out gives its task back.
-- The next look comes later each time, so that a long backlog is not published whole every round.
create function comuta_sweep(at_most integer, gap interval)
returns table (task_id bigint, task_type text, client_id bigint)
language sql as $$
    with due as (
        select t.TaskID from BackgroundTasks t
        where t.Status in ('Pendente', 'Em Andamento') and t.DueAt < clock_timestamp()
        order by t.DueAt limit at_most
        for update skip locked
    )
    update BackgroundTasks t
    set Status = 'Pendente',
        DueAt = clock_timestamp() + gap + least(clock_timestamp() - t.CreatedAt, interval '10 minutes')
    from due
    where t.TaskID = due.TaskID
    returning t.TaskID, t.TaskType, t.ClientID
$$;

-- Tasks of one tenant that wait in the table because the tenant had its share of the worker.
create function comuta_waiting(client bigint, types text[], from_task bigint, at_most integer)
returns table (task_id bigint) language sql stable as $$
    select t.TaskID from BackgroundTasks t
    where t.TaskID >= from_task and t.ClientID is not distinct from client and t.TaskType = any (types)
      and t.Status = 'Pendente' and (t.NotBefore is null or t.NotBefore <= clock_timestamp())
    order by t.TaskID limit at_most
$$;
