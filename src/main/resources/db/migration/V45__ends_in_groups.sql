-- Attempts end in groups: many tasks of one tenant in one statement, many tenants in one transaction.

-- Ends attempts, holding their sessions: who writes to a session locks its row first, so that ids of one session
-- commit in their order. A session that another holds is not waited for, so that two groups never wait for each other
-- in a circle: its tasks are 'busy', and their turn comes with a later group. An attempt whose lease is no longer on the
-- row is 'lost': another owns the task. next_task_id: the oldest open task of the same key, now free to be taken.
create function comuta_complete(endings jsonb)
returns table (task_id bigint, result text, next_task_id bigint, next_task_type text)
language plpgsql as $$
declare
    held bigint[];
begin
    -- a statement of its own: the next one sees what the last holder of the session committed
    select array_agg(h.SessionID) into held from (
        select s.SessionID from Sessions s
        where s.SessionID in (select (e ->> 'session')::bigint from jsonb_array_elements(endings) e)
        for no key update skip locked) h;

    return query
    with given as materialized (
        select * from jsonb_to_recordset(endings) as e(
            task bigint, session bigint, lease uuid, status text, result jsonb, error text, "retryAt" timestamptz)
    ), ended as (
        update BackgroundTasks t
        set Status = e.status, ResultData = coalesce(e.result, t.ResultData), LastError = e.error,
            NotBefore = e."retryAt", DueAt = coalesce(e."retryAt", t.DueAt), UpdatedAt = clock_timestamp(),
            LeaseID = case when e."retryAt" is null then t.LeaseID end
        from given e
        where t.TaskID = e.task and t.LeaseID = e.lease and t.Status in ('Pendente', 'Em Andamento')
          and (e.session is null or e.session = any (held))
        returning t.TaskID, t.SerialKey, e."retryAt" is null as final
    )
    select given.task,
           case when ended.TaskID is not null then 'completed'
                when given.session is null or given.session = any (held) then 'lost' else 'busy' end,
           following.TaskID, following.TaskType
    from given
    left join ended on ended.TaskID = given.task
    left join lateral (
        select o.TaskID, o.TaskType from BackgroundTasks o
        where ended.final and o.SerialKey = ended.SerialKey and o.TaskID <> ended.TaskID
          and o.Status in ('Pendente', 'Em Andamento')
        order by o.TaskID limit 1) following on true;
end
$$;

-- Which state an assistant of a client is in: another one whenever it, its use by the client or one of its tools has
-- changed. Null when the client does not have it.
-- PL/pgSQL keeps its plan; before PostgreSQL 18 a function in SQL is planned at every call.
create function comuta_assistant_stamp(client bigint, assistant bigint) returns text
language plpgsql stable as $$
begin
    return (
        select concat_ws('/', a.Version, c.Version, (
            select string_agg(t.ToolID || ':' || t.Version, ',' order by t.ToolID)
            from AssistantTools t where t.ClientID = client and t.AssistantID = assistant))
        from ClientAssistants c join Assistants a on a.AssistantID = c.AssistantID
        where c.ClientID = client and c.AssistantID = assistant);
end
$$;
