-- Receiving takes a group of messages in sets: a few statements for all of them, not a few for each.

-- Every message moves LastMessageAt: with room on its page the row stays out of the indexes' way.
alter table Sessions set (fillfactor = 70);

-- Ids are drawn before the rows are written, so that one row can name the other.
grant usage on sequence Messages_MessageID_seq, BackgroundTasks_TaskID_seq to comuta_platform;

-- Accepts messages from providers: receipt, person, session, message, event and the request for a turn. One array a
-- column, one place an item. The tenant is the one that owns the channel's row. Receipts, contacts and sessions are each
-- taken in their order, so that two callers do not wait for each other in a circle; inside a contact the given order is
-- kept. outcome: 'accepted' | 'duplicate' (the provider's id is known) | 'unknown' (no such active channel).
--
-- The settings: plans that go by the indexes whatever the statistics say. Sessions are then found, and locked, one by one
-- in the order of their ids: "= any (sessions)" would read every entry of each page of the index that it comes to.
create function comuta_receive(
    channels bigint[], contact_kinds text[], contacts text[], phones text[], contact_names text[], providers text[],
    provider_ids text[], content_types text[], contents text[], payloads text[], message_ids text[],
    provider_times timestamptz[], trace_parents text[], idle interval)
returns table (
    item_no bigint, outcome text, client_id bigint, session_id bigint, message_id bigint, task_id bigint)
language plpgsql set enable_seqscan = off set enable_bitmapscan = off as $$
declare
    known bigint[];    -- places of the items with an active channel
    fresh bigint[];    -- of those, the places of the items that were never delivered before
    clients bigint[];  -- and of each of these the tenant
    sessions bigint[]; -- and the session, null while there is none
    held bigint[];
    absent record;
begin
    with given as materialized (
        select i.*, (select c.ClientID from CommunicationChannels c
                     where c.ChannelID = i.channel and c.Status = 'Ativo') as client
        from unnest(channels, providers, provider_ids) with ordinality as i(channel, provider, provider_id, place)
    ), delivered as materialized (
        select g.*, row_number() over (partition by g.provider, g.provider_id order by g.place) as delivery
        from given g where g.client is not null
    ), stored as (
        insert into InboundDeliveries (Provider, ProviderID)
        select d.provider, d.provider_id from delivered d where d.delivery = 1
        on conflict do nothing
        returning Provider, ProviderID
    ), marked as materialized (
        select d.*, d.delivery = 1 and (d.provider, d.provider_id) in (select s.Provider, s.ProviderID from stored s)
            as is_fresh
        from delivered d
    ), placed as (
        select m.*, case when m.is_fresh then (
            select s.SessionID from EndUserIdentities i
            join Sessions s on s.ChannelID = m.channel and s.EndUserID = i.EndUserID
            where i.ClientID = m.client and i.Kind = contact_kinds[m.place] and i.Value = contacts[m.place]
              and s.EndTime is null and s.SessionType = 'Conversa'
              and coalesce(s.LastMessageAt, s.StartTime) > clock_timestamp() - idle) end as session
        from marked m
    )
    select array_agg(p.place), array_agg(p.place) filter (where p.is_fresh),
           array_agg(p.client) filter (where p.is_fresh), array_agg(p.session) filter (where p.is_fresh)
    into known, fresh, clients, sessions
    from placed p;

    -- who writes to a session locks its row first; one that ended meanwhile gives way to a new one
    loop
        for absent in
            select f.n, f.place, f.client, c.DefaultUserID as broker, c.AssistantID as assistant
            from unnest(fresh, clients, sessions) with ordinality as f(place, client, session, n)
            join CommunicationChannels c on c.ChannelID = channels[f.place]
            where f.session is null
            order by f.client, contacts[f.place], f.place
        loop
            sessions[absent.n] := comuta_open_session(
                absent.client, channels[absent.place],
                comuta_end_user(absent.client, contact_kinds[absent.place], contacts[absent.place],
                                phones[absent.place], contact_names[absent.place], absent.broker),
                absent.broker, absent.assistant, idle);
        end loop;

        with locked as (
            update Sessions s set LastMessageAt = clock_timestamp()
            from (select distinct n.id from unnest(sessions) as n(id) order by n.id) one
            where s.SessionID = one.id and s.EndTime is null
            returning s.SessionID
        )
        select array_agg(l.SessionID) into held from locked l;
        exit when sessions is null or sessions <@ held;
        select array_agg(case when s.id = any (held) then s.id end order by s.n) into sessions
        from unnest(sessions) with ordinality as s(id, n);
    end loop;

    return query
    with numbered as materialized (
        select o.*, nextval('Messages_MessageID_seq') as message, nextval('BackgroundTasks_TaskID_seq') as task
        from (select * from unnest(fresh, clients, sessions) as f(place, client, session)
              order by f.session, f.place) o
    ), new_messages as (
        insert into Messages (MessageID, SessionID, ClientID, SenderType, ContentType, Content, Timestamp,
                              ProviderMessageID, ProviderTimestamp, Payload)
        overriding system value
        select n.message, n.session, n.client, 'Usuário-Cliente', content_types[n.place], contents[n.place],
               clock_timestamp(), message_ids[n.place], provider_times[n.place], payloads[n.place]::jsonb
        from numbered n
    ), new_tasks as (
        insert into BackgroundTasks (TaskID, SessionID, ClientID, TaskType, RequestData, SerialKey, TraceParent,
                                     CreatedAt)
        overriding system value
        select n.task, n.session, n.client, 'RespostaAssistente', jsonb_build_object('messageId', n.message),
               'turno:' || n.session, trace_parents[n.place], clock_timestamp()
        from numbered n
    ), new_events as (
        insert into Events (SessionID, ClientID, EventType, EventData, Timestamp)
        select n.session, n.client, 'MensagemRecebida', jsonb_build_object('MessageID', n.message::text),
               clock_timestamp()
        from numbered n
    )
    select n.place - 1, 'accepted', n.client, n.session, n.message, n.task from numbered n;

    if fresh is null or cardinality(fresh) < cardinality(channels) then
        return query
        select p.place - 1, case when p.place = any (known) then 'duplicate' else 'unknown' end,
               null::bigint, null::bigint, null::bigint, null::bigint
        from generate_series(1::bigint, cardinality(channels)) as p(place)
        where p.place = any (fresh) is not true;
    end if;
end
$$;

-- The same for items as they are parked.
create function comuta_receive(items jsonb, idle interval)
returns table (
    item_no bigint, outcome text, client_id bigint, session_id bigint, message_id bigint, task_id bigint)
language sql as $$
    select r.*
    from (
        select array_agg(i.channel) as channels, array_agg(i."contactKind") as contact_kinds,
               array_agg(i.contact) as contacts, array_agg(i.phone) as phones,
               array_agg(i."contactName") as contact_names, array_agg(i.provider) as providers,
               array_agg(i."providerId") as provider_ids, array_agg(i."contentType") as content_types,
               array_agg(i.content) as contents, array_agg(i.payload) as payloads,
               array_agg(i."providerMessageId") as message_ids, array_agg(i."providerTime") as provider_times,
               array_agg(i."traceParent") as trace_parents
        from jsonb_to_recordset(items) as i(
            channel bigint, "contactKind" text, contact text, phone text, "contactName" text, provider text,
            "providerId" text, "contentType" text, content text, payload text, "providerMessageId" text,
            "providerTime" timestamptz, "traceParent" text)) a
    cross join lateral comuta_receive(
        a.channels, a.contact_kinds, a.contacts, a.phones, a.contact_names, a.providers, a.provider_ids,
        a.content_types, a.contents, a.payloads, a.message_ids, a.provider_times, a.trace_parents, idle) r
$$;
