-- Receiving messages from providers, in groups: a few statements for all of them, not a few for each.

-- Accepts messages: delivery, end user, session, message, event, and the task of the turn. One array per column, one
-- place per item. The tenant is the owner of the channel. Deliveries, contacts and sessions are each locked in a fixed
-- order, so that two callers do not deadlock; the items of one contact keep the given order.
-- An item that asks for an answer requests a turn; an item from a number that is itself a channel does not, so that two
-- assistants do not answer each other. A question that is older than the channel answers goes to people instead.
-- A message that a person of the company wrote with the telephone's own application is stored as sent, and requests that
-- the person takes the session over. Such a message that is no question was written before the number was connected: it is
-- only stored.
-- A file of a message requests its fetch.
-- OrderedAt is the provider's time when it is plausible, so that the transcript has the order of writing.
-- outcome: 'accepted' | 'duplicate' (the provider's id is known) | 'unknown' (no such active channel of an active client).
--
-- The settings force plans by index, whatever the statistics are. Sessions are looked up and locked one by one in the
-- order of their ids: "= any (sessions)" would read every entry of each index page that it visits.
create or replace function comuta_receive(
    channels bigint[], contact_kinds text[], contacts text[], phones text[], contact_names text[], providers text[],
    provider_ids text[], content_types text[], contents text[], content_data text[], payloads text[],
    message_ids text[],
    provider_times timestamptz[], trace_parents text[], contexts text[], questions boolean[], window_hours integer[],
    senders text[], answer_age interval, idle interval, longest interval)
returns table (
    item_no bigint, outcome text, client_id bigint, session_id bigint, message_id bigint, task_id bigint,
    task_type text, media_task_id bigint)
language plpgsql set enable_seqscan = off set enable_bitmapscan = off as $$
declare
    known bigint[];    -- places of the items with an active channel
    fresh bigint[];    -- places of the items among them that are delivered for the first time
    clients bigint[];  -- the tenant of each fresh item
    sessions bigint[]; -- the session of each fresh item, null while there is none
    held bigint[];     -- the sessions that this transaction has locked
    absent record;
begin
    -- 1. Store the deliveries, drop duplicates, and look up the open session of each contact.
    with given as materialized (
        select i.*, (select c.ClientID from CommunicationChannels c
                     where c.ChannelID = i.channel and c.Status = 'Ativo'
                       and comuta_client_is_active(c.ClientID)) as client
        from unnest(channels, providers, provider_ids) with ordinality as i(channel, provider, provider_id, place)
    ), delivered as materialized (
        select g.*, row_number() over (partition by g.provider, g.channel, g.provider_id order by g.place) as delivery
        from given g where g.client is not null
    ), stored as (
        insert into InboundDeliveries (Provider, ChannelID, ProviderID)
        select d.provider, d.channel, d.provider_id from delivered d where d.delivery = 1
        on conflict do nothing
        returning Provider, ChannelID, ProviderID
    ), marked as materialized (
        select d.*, d.delivery = 1 and (d.provider, d.channel, d.provider_id) in (
            select s.Provider, s.ChannelID, s.ProviderID from stored s) as is_fresh
        from delivered d
    ), placed as (
        select m.*, case when m.is_fresh then (
            select s.SessionID from EndUserIdentities i
            join Sessions s on s.ChannelID = m.channel and s.EndUserID = i.EndUserID
            where i.ClientID = m.client and i.Kind = contact_kinds[m.place] and i.Value = contacts[m.place]
              and s.EndTime is null and s.SessionType = 'Conversa'
              and comuta_session_continues(s.StartTime, s.LastMessageAt, idle, longest)) end as session
        from marked m
    )
    select array_agg(p.place), array_agg(p.place) filter (where p.is_fresh),
           array_agg(p.client) filter (where p.is_fresh), array_agg(p.session) filter (where p.is_fresh)
    into known, fresh, clients, sessions
    from placed p;

    -- 2. Open the missing sessions and lock all of them: writers lock the session's row first. A session that was closed
    -- meanwhile is replaced by a new one in the next round.
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
                absent.broker, absent.assistant, idle, longest);
        end loop;

        with locked as (
            update Sessions s
            set LastMessageAt = clock_timestamp(), WindowEndsAt = greatest(s.WindowEndsAt, one.window_ends),
                ReplyTo = coalesce(phones[one.last_place], contacts[one.last_place])
            from (select n.id, max(n.place) as last_place,
                         max(least(provider_times[n.place], clock_timestamp())
                             + window_hours[n.place] * interval '1 hour')
                             filter (where window_hours[n.place] > 0) as window_ends
                  from unnest(fresh, sessions) as n(place, id) group by n.id order by n.id) one
            where s.SessionID = one.id and s.EndTime is null
            returning s.SessionID
        )
        select array_agg(l.SessionID) into held from locked l;
        exit when sessions is null or sessions <@ held;
        select array_agg(case when s.id = any (held) then s.id end order by s.n) into sessions
        from unnest(sessions) with ordinality as s(id, n);
    end loop;
    if array_remove(contact_names, null) <> '{}' then
        perform comuta_provider_names(array_agg(n.person), array_agg(n.name)) from (
            select distinct on (s.EndUserID) s.EndUserID as person, contact_names[f.place] as name
            from unnest(sessions, fresh) as f(session, place) join Sessions s on s.SessionID = f.session
            where contact_names[f.place] is not null order by s.EndUserID, f.place desc) n;
    end if;

    -- 3. Insert messages, tasks of the turns, and events. Ids are drawn first, so that the rows can name each other.
    return query
    with asked as materialized (
        select f.place, f.client, f.session, senders[f.place] as sender,
               questions[f.place]
               and (contexts[f.place] is null or not contexts[f.place]::jsonb ? 'groupId'
                    or coalesce((c.Settings ->> 'answersGroups')::boolean, false))
               and not exists (
                   select from CommunicationChannels o
                   where o.ChannelType = c.ChannelType and o.NumberKey = contacts[f.place]
                     and o.Status = 'Ativo') as asks,
               provider_times[f.place] < clock_timestamp()
                   - coalesce(make_interval(mins => (c.Settings ->> 'answerAgeMinutes')::integer), answer_age) as late
        from unnest(fresh, clients, sessions) as f(place, client, session)
        join CommunicationChannels c on c.ChannelID = channels[f.place]
        order by f.session, f.place
    ), numbered as materialized (
        select a.*, nextval('Messages_MessageID_seq') as message,
               case when a.asks or a.sender = 'Usuário' and questions[a.place]
                   then nextval('BackgroundTasks_TaskID_seq') end as task,
               case when content_data[a.place]::jsonb ? 'file' then nextval('MediaObjects_MediaID_seq') end as media,
               case when a.sender = 'Usuário' then 'MensagemDoTelefone' when a.late then 'MensagemAtrasada'
                   else 'RespostaAssistente' end as type
        from asked a
    ), new_messages as (
        insert into Messages (MessageID, SessionID, ClientID, SenderType, ContentType, Content, ContentData,
                              Timestamp, OrderedAt, ProviderMessageID, ProviderTimestamp, Payload, Context, TurnTaskID,
                              Status)
        overriding system value
        select n.message, n.session, n.client, n.sender, content_types[n.place], contents[n.place],
               case when n.media is null then content_data[n.place]::jsonb
                   else jsonb_set(content_data[n.place]::jsonb, '{file,mediaId}', to_jsonb(n.media)) end,
               clock_timestamp(),
               case when provider_times[n.place] between clock_timestamp() - interval '2 minutes' and clock_timestamp()
                    then provider_times[n.place] else clock_timestamp() end,
               message_ids[n.place], provider_times[n.place], payloads[n.place]::jsonb, contexts[n.place]::jsonb,
               case when n.sender = 'Usuário-Cliente' and (not n.asks or n.late) then 0 end,
               case when n.sender = 'Usuário' then 'Enviada' end
        from numbered n
    ), new_tasks as (
        insert into BackgroundTasks (TaskID, SessionID, ClientID, TaskType, RequestData, SerialKey, TraceParent,
                                     CreatedAt, DueAt)
        overriding system value
        select n.task, n.session, n.client, n.type, jsonb_build_object('messageId', n.message),
               'turno:' || n.session, trace_parents[n.place], clock_timestamp(),
               clock_timestamp() + interval '30 seconds'
        from numbered n where n.task is not null
    ), new_events as (
        insert into Events (SessionID, ClientID, EventType, EventData, Timestamp)
        select n.session, n.client,
               case when n.sender = 'Usuário' then 'MensagemEnviada' else 'MensagemRecebida' end, jsonb_build_object('MessageID', n.message::text),
               clock_timestamp()
        from numbered n
    )
    select n.place - 1, 'accepted', n.client, n.session, n.message, n.task, n.type,
           case when n.media is not null then comuta_request_media(
               n.media, n.client, n.session, n.message, channels[n.place], providers[n.place], content_types[n.place],
               content_data[n.place]::jsonb -> 'file', trace_parents[n.place]) end
    from numbered n;

    -- 4. Report the other items.
    if fresh is null or cardinality(fresh) < cardinality(channels) then
        return query
        select p.place - 1, case when p.place = any (known) then 'duplicate' else 'unknown' end,
               null::bigint, null::bigint, null::bigint, null::bigint, null::text, null::bigint
        from generate_series(1::bigint, cardinality(channels)) as p(place)
        where p.place = any (fresh) is not true;
    end if;
end
$$;

-- The same for items in the form in which they are parked.
create or replace function comuta_receive(items jsonb, answer_age interval, idle interval, longest interval)
returns table (
    item_no bigint, outcome text, client_id bigint, session_id bigint, message_id bigint, task_id bigint,
    task_type text, media_task_id bigint)
language sql as $$
    select r.*
    from (
        select array_agg(i.channel) as channels, array_agg(i."contactKind") as contact_kinds,
               array_agg(i.contact) as contacts, array_agg(i.phone) as phones,
               array_agg(i."contactName") as contact_names, array_agg(i.provider) as providers,
               array_agg(i."providerId") as provider_ids, array_agg(i."contentType") as content_types,
               array_agg(i.content) as contents, array_agg(i."contentData") as content_data,
               array_agg(i.payload) as payloads,
               array_agg(i."providerMessageId") as message_ids, array_agg(i."providerTime") as provider_times,
               array_agg(i."traceParent") as trace_parents, array_agg(i.context) as contexts,
               array_agg(coalesce(i."asksForAnswer", true)) as questions,
               array_agg(coalesce(i."windowHours", 24)) as window_hours,
               array_agg(coalesce(i.sender, 'Usuário-Cliente')) as senders
        from jsonb_to_recordset(items) as i(
            channel bigint, "contactKind" text, contact text, phone text, "contactName" text, provider text,
            "providerId" text, "contentType" text, content text, "contentData" text, payload text, "providerMessageId" text,
            "providerTime" timestamptz, "traceParent" text, context text, "asksForAnswer" boolean,
            "windowHours" integer, sender text)) a
    cross join lateral comuta_receive(
        a.channels, a.contact_kinds, a.contacts, a.phones, a.contact_names, a.providers, a.provider_ids,
        a.content_types, a.contents, a.content_data, a.payloads, a.message_ids, a.provider_times, a.trace_parents,
        a.contexts, a.questions, a.window_hours, a.senders, answer_age, idle, longest) r
$$;

-- The next two functions belong to comuta_platform.
grant create on schema public to comuta_platform;
set local role comuta_platform;

-- Receives the parked items of an active channel's number, oldest first, as comuta_receive does, and removes them.
-- Parked statuses are applied. item selects one parked item; null selects all. An item that a client signed with the
-- secret of its own app is received by that client only. It runs with the platform's rights, because no tenant sees
-- ParkedItems: the channel must belong to the transaction's tenant.
create or replace function comuta_replay(
    channel bigint, item bigint, at_most integer, answer_age interval, idle interval, longest interval)
returns table (
    item_no bigint, outcome text, client_id bigint, session_id bigint, message_id bigint, task_id bigint,
    task_type text, media_task_id bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    items jsonb;
    reports jsonb;
begin
    with due as (
        select p.ParkedID from comuta_own_channels() c
        join ParkedItems p on p.Provider = c.provider and p.ProviderID = c.provider_id
        where c.channel_id = channel and c.active and p.Reason in ('Número desconhecido', 'Cliente inativo')
          and comuta_client_is_active(current_client())
          and coalesce((p.Payload ->> 'client')::bigint, current_client()) = current_client()
          and (item is null or p.ParkedID = item)
        order by p.ParkedID limit at_most
        for update of p skip locked
    ), taken as (
        delete from ParkedItems p using due where p.ParkedID = due.ParkedID returning p.ParkedID, p.Payload
    )
    select coalesce(jsonb_agg(t.Payload || jsonb_build_object('channel', channel) order by t.ParkedID), '[]')
    into items from taken t;
    with statuses as (
        delete from ParkedItems p using comuta_own_channels() c
        where c.channel_id = channel and c.active and p.Provider = c.provider and p.ProviderID = c.provider_id
          and p.Reason = 'Situação desconhecida'
          and coalesce((p.Payload ->> 'client')::bigint, current_client()) = current_client()
          and (item is null or p.ParkedID = item)
        returning p.Payload
    )
    select jsonb_agg(s.Payload) into reports from statuses s;
    if reports is not null then
        perform comuta_receipts(reports);
    end if;
    return query select * from comuta_receive(items, answer_age, idle, longest);
end
$$;

-- Removes a person's parked items, for the numbers that were proved to be the transaction's tenant's: messages that the
-- person sent, and unreadable deliveries that contain one of the person's names. It runs with the platform's rights,
-- because no tenant sees ParkedItems.
create or replace function comuta_forget_parked(names text[]) returns void
language sql security definer set search_path = public, pg_temp as $$
    delete from ParkedItems p using comuta_own_channels() c
    where c.proved and c.provider = p.Provider and c.provider_id = p.ProviderID
      and case
          when p.Reason in ('Ilegível', 'Aviso') then comuta_names(p.Payload ->> 'raw', names)
          else p.Payload ->> 'contact' = any (names) or p.Payload ->> 'phone' = any (names) end
$$;

-- The parked items of the numbers that were proved to be the transaction's tenant's, and are no other client's now. An item
-- that a client signed with the secret of its own app is that client's only. Null selects all. It runs with the platform's
-- rights, because no tenant sees ParkedItems.
create or replace function comuta_own_parked(
    item bigint, after_item bigint, at_most integer, of_provider text, of_number text, with_reason text)
returns setof ParkedItems
language sql stable security definer set search_path = public, pg_temp as $$
    select p.* from ParkedItems p
    where (p.Provider, p.ProviderID) in (
            select c.provider, c.provider_id from comuta_own_channels() c
            where c.proved and c.provider_id is not null
              and not comuta_number_is_of_others(c.provider, c.provider_id))
      and coalesce((p.Payload ->> 'client')::bigint, current_client()) = current_client()
      and p.ParkedID > after_item and (item is null or p.ParkedID = item)
      and (of_provider is null or p.Provider = of_provider) and (of_number is null or p.ProviderID = of_number)
      and (with_reason is null or p.Reason = with_reason)
    order by p.ParkedID limit at_most
$$;

-- Removes such an item. Returns whether there was one.
create or replace function comuta_discard_parked(item bigint) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from ParkedItems p
    where p.ParkedID in (select o.ParkedID from comuta_own_parked(item, 0, 1, null, null, null) o);
    return found;
end
$$;

-- Stores why the replay of such an item did not place it.
create or replace function comuta_note_parked(item bigint, cause text) returns void
language sql security definer set search_path = public, pg_temp as $$
    update ParkedItems p set TriedAt = clock_timestamp(), Note = cause
    where p.ParkedID in (select o.ParkedID from comuta_own_parked(item, 0, 1, null, null, null) o)
$$;

revoke execute on function
    comuta_replay, comuta_forget_parked, comuta_own_parked, comuta_discard_parked, comuta_note_parked from public;
grant execute on function
    comuta_replay, comuta_forget_parked, comuta_own_parked, comuta_discard_parked, comuta_note_parked to comuta_app;
reset role;
revoke create on schema public from comuta_platform;
