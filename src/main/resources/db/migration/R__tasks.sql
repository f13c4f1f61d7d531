-- Claim, sweep and complete tasks. Each function works on many tasks, which share one round trip and one commit.

-- Claims tasks for one attempt each. A task is claimed when NotBefore has passed, no attempt owns it, and no older open
-- task has its key. leases: task type -> seconds until the attempt counts as lost. A task of another type is claimed only
-- when it is older than a minute and no process has announced its type for a minute: it can only fail.
-- unfinished: the effect of an earlier attempt on the outside world is unknown.
-- client_inactive: the task may be canceled instead of run.
-- A task that could be claimed, but that another transaction has locked or has just changed, is returned without a lease:
-- nothing wakes it when that transaction leaves it as it was, so the caller asks for it once more.
-- claim: an id of the caller, from which the lease of each task follows. A claim whose response was lost is repeated with
-- the same id: it returns the tasks that it has claimed already, so that no lease is without an attempt.
-- In PL/pgSQL, which keeps its plan: before PostgreSQL 18 a function in SQL is planned at every call.
create or replace function comuta_lease(claim uuid, task bigint, unfinished boolean)
returns uuid language sql immutable as $$
    select md5(claim::text || '/' || task::text || '/' || unfinished::text)::uuid
$$;

create or replace function comuta_claim(ids bigint[], leases jsonb, claim uuid)
returns table (
    task_id bigint, task_type text, client_id bigint, session_id bigint, request_data text, attempts integer,
    lease_id uuid, serial_key text, trace_parent text, created_at timestamptz, unfinished boolean,
    client_inactive boolean)
language plpgsql as $$
begin
    return query
    with due as materialized (
        select t.TaskID, t.xmin as version, t.Status = 'Em Andamento' and t.DueAt >= clock_timestamp() as claimed,
               t.LeaseID is not null and t.LeaseID <> comuta_lease(claim, t.TaskID, false) as unfinished
        from BackgroundTasks t
        where t.TaskID = any (ids)
          and (leases ? t.TaskType
               or t.CreatedAt < now() - interval '1 minute'
                  and not exists (select from TaskTypes known
                                  where known.Type = t.TaskType and known.SeenAt > now() - interval '1 minute'))
          and (t.NotBefore is null or t.NotBefore <= clock_timestamp())
          and (t.Status = 'Pendente' or t.Status = 'Em Andamento'
               and (t.DueAt < clock_timestamp()
                    or t.LeaseID in (comuta_lease(claim, t.TaskID, false), comuta_lease(claim, t.TaskID, true))))
          and (t.SerialKey is null or not exists (
              select from BackgroundTasks older
              where older.SerialKey = t.SerialKey and older.TaskID < t.TaskID
                and older.Status in ('Pendente', 'Em Andamento')))
    ), free as materialized (
        select due.TaskID, due.claimed, due.unfinished
        from due join BackgroundTasks t on t.TaskID = due.TaskID and t.xmin = due.version
        order by due.TaskID
        for update of t skip locked
    ), owned as (
        update BackgroundTasks t
        set Status = 'Em Andamento', LeaseID = comuta_lease(claim, t.TaskID, free.unfinished),
            Attempts = t.Attempts + case when free.claimed then 0 else 1 end, UpdatedAt = clock_timestamp(),
            DueAt = clock_timestamp() + coalesce((leases ->> t.TaskType)::double precision, 10) * interval '1 second'
        from free
        where t.TaskID = free.TaskID
        returning t.TaskID, t.TaskType, t.ClientID, t.SessionID, coalesce(t.RequestData, '{}')::text, t.Attempts,
                  t.LeaseID, t.SerialKey, t.TraceParent, t.CreatedAt, free.unfinished,
                  not comuta_client_is_active(t.ClientID)
    )
    select * from owned
    union all
    select due.TaskID, null, null, null, null, null, null, null, null, null, null, null
    from due where not exists (select from free where free.TaskID = due.TaskID);
end
$$;

-- Open tasks that are overdue and must be published. A task whose lease has expired becomes pending. The interval to
-- the next look grows, so that a long backlog is not published whole every round.
--
-- Clients with overdue tasks, and the platform, take turns: the oldest task of each, then the second of each, until the
-- round is full. So a backlog of one client delays no task of another. At most `share` tasks of a client are read, so
-- that a round reads a bounded number of rows; ten or fewer clients always fill a round. The clients are read from the
-- index, one entry for each client with open tasks: the first is the oldest task of the client. now() is stable and so
-- a condition of the index; clock_timestamp() is not. The settings force these plans, whatever the statistics are.
create or replace function comuta_sweep(at_most integer, gap interval)
returns table (task_id bigint, task_type text, client_id bigint, queue text)
language sql set enable_seqscan = off set enable_bitmapscan = off as $$
    with recursive oldest as (
        (select t.ClientID, t.DueAt from BackgroundTasks t
         where t.Status in ('Pendente', 'Em Andamento') and t.ClientID is not null
         order by t.ClientID, t.DueAt limit 1)
        union all
        select next_client.ClientID, next_client.DueAt from oldest cross join lateral (
            select t.ClientID, t.DueAt from BackgroundTasks t
            where t.Status in ('Pendente', 'Em Andamento') and t.ClientID > oldest.ClientID
            order by t.ClientID, t.DueAt limit 1) next_client
    ), late as materialized (
        select o.ClientID from oldest o where o.DueAt < now()
    ), share as materialized (
        select greatest(at_most * 10 / greatest(count(*), 10), at_most / 50, 1) as size from late
    ), overdue as (
        select one.* from late cross join lateral (
            select t.TaskID, t.DueAt, row_number() over (order by t.DueAt) as turn from BackgroundTasks t
            where t.Status in ('Pendente', 'Em Andamento') and t.ClientID = late.ClientID and t.DueAt < now()
            order by t.DueAt limit (select size from share)) one
        union all
        select platform.* from (
            select t.TaskID, t.DueAt, row_number() over (order by t.DueAt) as turn from BackgroundTasks t
            where t.Status in ('Pendente', 'Em Andamento') and t.ClientID is null and t.DueAt < now()
            order by t.DueAt limit (select size from share)) platform
    ), due as (
        select locked.TaskID from (select o.TaskID from overdue o order by o.turn, o.DueAt limit at_most) chosen
        cross join lateral (
            select t.TaskID from BackgroundTasks t
            where t.TaskID = chosen.TaskID and t.Status in ('Pendente', 'Em Andamento') and t.DueAt < now()
            for update skip locked) locked
    )
    update BackgroundTasks t
    set Status = 'Pendente',
        DueAt = clock_timestamp() + gap + least(clock_timestamp() - t.CreatedAt, interval '10 minutes')
    from due
    where t.TaskID = due.TaskID
    returning t.TaskID, t.TaskType, t.ClientID, t.Queue
$$;

-- Tasks of one tenant that wait in the table because the tenant has used its share of the worker. types: those whose
-- default queue it is.
create or replace function comuta_waiting(
    client bigint, queue_name text, types text[], from_task bigint, at_most integer)
returns table (task_id bigint) language sql stable as $$
    select t.TaskID from BackgroundTasks t
    where t.TaskID >= from_task and t.ClientID is not distinct from client
      and (t.Queue = queue_name or t.Queue is null and t.TaskType = any (types))
      and t.Status = 'Pendente' and (t.NotBefore is null or t.NotBefore <= clock_timestamp())
    order by t.TaskID limit at_most
$$;

-- Completes attempts: many tasks of one tenant in one statement, many tenants in one transaction. It locks their
-- sessions, because writers lock the session's row first, so that the ids of one session commit in their order. A session
-- that another transaction holds is skipped, so that two groups do not deadlock: its tasks are 'busy' and are completed
-- with a later group. An attempt whose lease is no longer on the row is 'lost': another attempt owns the task.
-- retryAfter is a number of seconds, so that the time of the next attempt is of the clock that claims compare it with.
-- An attempt that could not begin does not count.
-- A retry with an unknown outcome keeps its lease on the row: the next attempt is 'unfinished'.
-- next_task_id: the oldest open task of the same key, which can be claimed now; for a retry the task itself, which can be
-- claimed after retryAfter. The process publishes it then; the sweeper does some seconds later, if the process has ended.
create or replace function comuta_complete(completions jsonb)
returns table (task_id bigint, result text, next_task_id bigint, next_task_type text, next_task_queue text)
language plpgsql as $$
declare
    held bigint[];
begin
    -- a separate statement, so that the next one sees what the previous holder of the session committed
    held := comuta_lock_free_sessions(array(
        select distinct (e ->> 'session')::bigint from jsonb_array_elements(completions) e));

    return query
    with given as materialized (
        select * from jsonb_to_recordset(completions) as e(
            task bigint, session bigint, lease uuid, status text, result jsonb, error text,
            "retryAfter" double precision, counts boolean, unknown boolean)
    ), completed as (
        update BackgroundTasks t
        set Status = e.status, ResultData = coalesce(e.result, t.ResultData), LastError = e.error,
            NotBefore = clock_timestamp() + e."retryAfter" * interval '1 second',
            DueAt = coalesce(clock_timestamp() + (e."retryAfter" + 5) * interval '1 second', t.DueAt),
            Attempts = t.Attempts - case when e.counts then 0 else 1 end, UpdatedAt = clock_timestamp(),
            LeaseID = case when e."retryAfter" is null or e.unknown then t.LeaseID end
        from given e
        where t.TaskID = e.task and t.LeaseID = e.lease and t.Status in ('Pendente', 'Em Andamento')
          and (e.session is null or e.session = any (held))
        returning t.TaskID, t.TaskType, t.Queue, t.SerialKey, e."retryAfter" is null as final
    )
    select given.task,
           case when completed.TaskID is not null then 'completed'
                when given.session is null or given.session = any (held) then 'lost' else 'busy' end,
           case when completed.final then following.TaskID else completed.TaskID end,
           case when completed.final then following.TaskType else completed.TaskType end,
           case when completed.final then following.Queue else completed.Queue end
    from given
    left join completed on completed.TaskID = given.task
    left join lateral (
        select o.TaskID, o.TaskType, o.Queue from BackgroundTasks o
        where completed.final and o.SerialKey = completed.SerialKey and o.TaskID <> completed.TaskID
          and o.Status in ('Pendente', 'Em Andamento')
        order by o.TaskID limit 1) following on true;
end
$$;
