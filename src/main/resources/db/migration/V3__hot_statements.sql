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

-- Accepts messages from providers: receipt, person, session, message, event and the request for a turn.
-- The tenant is the one that owns the channel's row. Items are taken in the order of their contact (so that two
-- callers never wait for each other in a circle) and, inside a contact, in the order given.
-- outcome: 'accepted' | 'duplicate' (the provider's id is known) | 'unknown' (no such active channel).
create function comuta_receive(items jsonb, idle interval)
returns table (
    item_no bigint, outcome text, client_id bigint, session_id bigint, message_id bigint, task_id bigint)
language plpgsql as $$
declare
    item record;
begin
    for item in
        select i.*, c.ClientID as client, c.DefaultUserID as broker, c.AssistantID as assistant
        from rows from (jsonb_to_recordset(items) as (
            channel bigint, "contactKind" text, contact text, phone text, "contactName" text,
            provider text, "providerId" text, "contentType" text, content text, payload jsonb,
            "providerMessageId" text, "providerTime" timestamptz, "traceParent" text)) with ordinality
            as i(channel, contact_kind, contact, phone, contact_name, provider, provider_id, content_type, content,
                 payload, provider_message_id, provider_time, trace_parent, position)
        left join CommunicationChannels c on c.ChannelID = i.channel and c.Status = 'Ativo'
        order by c.ClientID, i.contact, i.position
    loop
        item_no := item.position - 1;
        client_id := item.client;
        session_id := null;
        message_id := null;
        task_id := null;
        if item.client is null then
            outcome := 'unknown';
            return next;
            continue;
        end if;

        insert into ProviderReceipts (Provider, ProviderID) values (item.provider, item.provider_id)
        on conflict do nothing;
        if not found then
            outcome := 'duplicate';
            return next;
            continue;
        end if;

        session_id := comuta_open_session(
            item.client, item.channel,
            comuta_end_user(item.client, item.contact_kind, item.contact, item.phone, item.contact_name, item.broker),
            item.broker, item.assistant, idle);
        insert into Messages (SessionID, ClientID, SenderType, ContentType, Content, Timestamp, ProviderMessageID,
                              ProviderTimestamp, Payload)
        values (session_id, item.client, 'Usuário-Cliente', item.content_type, item.content, clock_timestamp(),
                item.provider_message_id, item.provider_time, item.payload)
        returning MessageID into message_id;
        insert into BackgroundTasks (SessionID, ClientID, TaskType, RequestData, SerialKey, TraceParent, CreatedAt)
        values (session_id, item.client, 'RespostaAssistente',
                jsonb_build_object('messageId', message_id), 'turno:' || session_id, item.trace_parent,
                clock_timestamp())
        returning TaskID into task_id;
        insert into Events (SessionID, ClientID, EventType, EventData, Timestamp)
        values (session_id, item.client, 'MensagemRecebida',
                jsonb_build_object('MessageID', message_id::text), clock_timestamp());
        outcome := 'accepted';
        return next;
    end loop;
end
$$;

-- Takes tasks for one attempt each. A task is taken when its time has come, nobody holds it, and no older open task
-- has its key. leases: task type -> seconds until the attempt counts as lost; other types are left alone.
-- unfinished: an earlier attempt never reported its end, so what it did to the outside world is not known.
create function comuta_claim(ids bigint[], leases jsonb)
returns table (
    task_id bigint, task_type text, client_id bigint, session_id bigint, request_data jsonb, attempts integer,
    lease_id uuid, serial_key text, trace_parent text, created_at timestamptz, unfinished boolean)
language sql as $$
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
              t.SerialKey, t.TraceParent, t.CreatedAt, free.unfinished
$$;

-- Ends attempts, holding their sessions: who writes to a session locks its row first, so that ids of one session
-- commit in their order. An attempt whose lease is no longer on the row is left out of the answer: another owns the
-- task. next_task_id: the oldest open task of the same key, now free to be taken.
create function comuta_finish(endings jsonb)
returns table (task_id bigint, next_task_id bigint, next_task_type text)
language plpgsql as $$
begin
    perform from Sessions s
    where s.SessionID in (
        select t.SessionID from BackgroundTasks t
        join jsonb_to_recordset(endings) as e(task bigint) on t.TaskID = e.task)
    order by s.SessionID
    for no key update;

    return query
    with ended as (
        update BackgroundTasks t
        set Status = e.status, ResultData = coalesce(e.result, t.ResultData), LastError = e.error,
            NotBefore = e."retryAt", DueAt = coalesce(e."retryAt", t.DueAt), UpdatedAt = clock_timestamp(),
            LeaseID = case when e."retryAt" is null then t.LeaseID end
        from jsonb_to_recordset(endings)
            as e(task bigint, lease uuid, status text, result jsonb, error text, "retryAt" timestamptz)
        where t.TaskID = e.task and t.LeaseID = e.lease and t.Status in ('Pendente', 'Em Andamento')
        returning t.TaskID, t.SerialKey, e."retryAt" is null as final
    )
    select ended.TaskID, following.TaskID, following.TaskType
    from ended
    left join lateral (
        select o.TaskID, o.TaskType from BackgroundTasks o
        where ended.final and o.SerialKey = ended.SerialKey and o.TaskID <> ended.TaskID
          and o.Status in ('Pendente', 'Em Andamento')
        order by o.TaskID limit 1) following on true;
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
