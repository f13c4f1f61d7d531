-- Outgoing messages and their status reports, opt-out by message, and identities that belong to one person.

-- The order of the statuses of an outgoing message. 'Falhou' is before 'Entregue', because a message that was delivered
-- to one of several devices has arrived. 'Cancelada' is the last: no report changes it.
create or replace function comuta_message_rank(status text) returns integer language sql immutable parallel safe as $$
    select case status
        when 'Incerta' then 1 when 'Enviada' then 2 when 'Falhou' then 3 when 'Entregue' then 4 when 'Lida' then 5
        when 'Cancelada' then 6
        else 0 end
$$;

-- The messages that status reports are about, by the provider's id or, while that is unknown, by our id, which was sent
-- along. The channel that reports must be the one that sent, named by our id or by the provider's.
--
-- A failed message that a person sent a second time keeps the ids of the failed attempts in FailedProviderIDs: a late
-- report about one of them does not concern the current attempt.
create or replace function comuta_receipt_targets(receipts jsonb)
returns table (
    message_id bigint, session_id bigint, client_id bigint, before integer, status text, erro text,
    provider_message_id text, delivery jsonb)
language sql stable as $$
    with given as (
        select r.* from jsonb_to_recordset(receipts) as r(
            provider text, "channelId" bigint, "providerId" text, "providerMessageId" text, "messageId" bigint,
            part integer, status text, erro text, delivery jsonb)
    ), found as (
        select m.MessageID, m.SessionID, m.Status as current, g.* from given g
        join Messages m on m.ProviderMessageID = g."providerMessageId" and m.SenderType <> 'Usuário-Cliente'
        union all
        select m.MessageID, m.SessionID, m.Status, g.* from given g
        join Messages m on m.MessageID = g."messageId" and g.part is null and m.ProviderMessageID is null
            and m.SenderType <> 'Usuário-Cliente'
            and (g."providerMessageId" = any (m.FailedProviderIDs)) is not true
    )
    select f.MessageID, f.SessionID, s.ClientID, comuta_message_rank(f.current), f.status, f.erro,
           f."providerMessageId", f.delivery
    from found f
    join Sessions s on s.SessionID = f.SessionID
    join CommunicationChannels c
        on c.ChannelID = s.ChannelID and c.Provider = f.provider
        and coalesce(c.ChannelID = f."channelId", c.ProviderID = f."providerId")
$$;

-- Ends the windows in which the provider refused these messages, unless the end user wrote after them.
create or replace function comuta_end_windows(messages bigint[]) returns void language sql as $$
    update Sessions s set WindowEndsAt = clock_timestamp()
    from Messages m
    where m.MessageID = any (messages) and s.SessionID = m.SessionID and m.ContentType <> 'Modelo'
      and s.WindowEndsAt > clock_timestamp()
      and not exists (
          select from Messages o
          where o.SessionID = m.SessionID and o.SenderType = 'Usuário-Cliente' and o.MessageID > m.MessageID)
$$;

-- Moves outgoing messages forward, many in one statement, and never back. Each step forward writes one event. A message
-- whose report arrives before its sending was stored counts as sent. What a report says about the delivery is stored
-- under its status, so that the order of the reports does not matter. Returns the number of messages that moved.
create or replace function comuta_receipts(receipts jsonb) returns bigint language plpgsql as $$
declare
    moved bigint;
    parts bigint;
begin
    perform comuta_lock_sessions(array(
        select t.session_id from comuta_receipt_targets(receipts) t
        union
        select p.session_id from comuta_part_targets(receipts) p));
    parts := comuta_part_receipts(receipts);
    if receipts @? '$[*].delivery.remedy ? (@ == "template")' then
        perform comuta_end_windows(array(
            select t.message_id from comuta_receipt_targets(receipts) t
            where t.status = 'Falhou' and t.delivery ->> 'remedy' = 'template'
            union
            select p.message_id from comuta_part_targets(receipts) p
            where p.status = 'Falhou' and p.delivery ->> 'remedy' = 'template'));
    end if;

    with targets as materialized (
        select t.*, comuta_message_rank(t.status) as rank from comuta_receipt_targets(receipts) t
    ), news as (
        select * from targets t where t.rank > t.before
    ), details as (
        select t.message_id, jsonb_object_agg(t.status, t.delivery) as delivery from targets t
        where t.delivery is not null group by t.message_id
    ), changed as (
        update Messages m
        set Status = coalesce(last.status, m.Status),
            ProviderMessageID = coalesce(m.ProviderMessageID, last.provider_message_id),
            Delivery = case when details.delivery is null then m.Delivery
                            else coalesce(m.Delivery, '{}') || details.delivery end
        from (select distinct on (n.message_id) n.message_id, n.status, n.provider_message_id from news n
              order by n.message_id, n.rank desc) last
        full join details on details.message_id = last.message_id
        where m.MessageID = coalesce(last.message_id, details.message_id)
          and (last.status is not null or not coalesce(m.Delivery, '{}') @> details.delivery)
        returning last.status is not null as moved
    ), steps as (
        select distinct n.message_id, n.session_id, n.client_id, 2 as rank, 'MensagemEnviada' as event, null as erro
        from news n where n.before < 2 and n.status <> 'Falhou'
        union all
        select distinct on (n.message_id, n.rank) n.message_id, n.session_id, n.client_id, n.rank,
               case n.status when 'Falhou' then 'MensagemFalhou' when 'Entregue' then 'MensagemEntregue'
                   else 'MensagemLida' end,
               n.erro
        from news n where n.rank > 2
    ), new_events as (
        insert into Events (SessionID, ClientID, EventType, EventData, Timestamp)
        select s.session_id, s.client_id, s.event,
               jsonb_strip_nulls(jsonb_build_object('MessageID', s.message_id::text, 'erro', s.erro)),
               clock_timestamp()
        from steps s order by s.message_id, s.rank
    )
    select count(*) filter (where changed.moved) into moved from changed;
    return moved + parts;
end
$$;

-- Revokes consent for the senders of opt-out messages, on the kind of channel that each message came by. No turn has to
-- answer the messages. Returns those of senders whose consent was not revoked before.
create or replace function comuta_opt_out(messages bigint[])
returns table (message_id bigint, client_id bigint, session_id bigint) language plpgsql as $$
begin
    update Messages m set TurnTaskID = 0 where m.MessageID = any (messages) and m.TurnTaskID is null;

    return query
    with new_messages as materialized (
        select m.MessageID, m.ClientID, m.SessionID, s.EndUserID, c.ChannelType,
               comuta_consent(m.ClientID, s.EndUserID, c.ChannelType, null) is distinct from 'Revogado'
                   and row_number() over (partition by s.EndUserID, c.ChannelType order by m.MessageID) = 1 as is_first
        from Messages m
        join Sessions s on s.SessionID = m.SessionID
        join CommunicationChannels c on c.ChannelID = s.ChannelID
        where m.MessageID = any (messages) and m.SenderType = 'Usuário-Cliente' and s.EndUserID is not null
    ), revoked as (
        insert into Consents (ClientID, EndUserID, ChannelType, Status, Source, MessageID)
        select n.ClientID, n.EndUserID, n.ChannelType, 'Revogado', 'Mensagem', n.MessageID
        from new_messages n order by n.MessageID
        returning ConsentID, MessageID
    ), new_events as (
        insert into Events (ClientID, SessionID, EventType, EventData, Timestamp)
        select n.ClientID, n.SessionID, 'ConsentimentoRevogado',
               jsonb_build_object('ConsentID', r.ConsentID::text, 'MessageID', n.MessageID::text), clock_timestamp()
        from revoked r join new_messages n on n.MessageID = r.MessageID
        order by r.ConsentID
    )
    select n.MessageID, n.ClientID, n.SessionID from new_messages n where n.is_first order by n.MessageID;
end
$$;

-- The end users who wrote messages, each once.
create or replace function comuta_message_writers(messages bigint[])
returns table (client_id bigint, end_user_id bigint) language sql stable as $$
    select distinct s.ClientID, s.EndUserID from Messages m join Sessions s on s.SessionID = m.SessionID
    where m.MessageID = any (messages) and m.SenderType = 'Usuário-Cliente' and s.EndUserID is not null
    order by s.EndUserID
$$;

-- Grants consent to the senders of opt-in messages whose consent is revoked, on the kind of channel that each message came
-- by.
create or replace function comuta_opt_in(messages bigint[]) returns void language plpgsql as $$
begin
    with new_messages as materialized (
        select m.MessageID, m.ClientID, m.SessionID, s.EndUserID, c.ChannelType
        from Messages m
        join Sessions s on s.SessionID = m.SessionID
        join CommunicationChannels c on c.ChannelID = s.ChannelID
        where m.MessageID = any (messages) and m.SenderType = 'Usuário-Cliente' and s.EndUserID is not null
          and comuta_consent(m.ClientID, s.EndUserID, c.ChannelType, null) = 'Revogado'
    ), granted as (
        insert into Consents (ClientID, EndUserID, ChannelType, Status, Source, MessageID)
        select n.ClientID, n.EndUserID, n.ChannelType, 'Concedido', 'Mensagem', n.MessageID
        from new_messages n order by n.MessageID
        returning ConsentID, MessageID
    )
    insert into Events (ClientID, SessionID, EventType, EventData, Timestamp)
    select n.ClientID, n.SessionID, 'ConsentimentoConcedido',
           jsonb_build_object('ConsentID', g.ConsentID::text, 'MessageID', n.MessageID::text), clock_timestamp()
    from granted g join new_messages n on n.MessageID = g.MessageID
    order by g.ConsentID;
end
$$;

-- Links two names of one person, as reported by the provider: both become identities of one end user, whichever of them
-- was known. The sessions of an end user that was merged move to the other. False when the channel is not 'Ativo'.
--
-- It waits for others only briefly, because a webhook waits for it: a link that fails is repeated by a task.
create or replace function comuta_link_identities(
    channel bigint, contact_kind text, contact text, phone text, person_name text, user_id text)
returns boolean language plpgsql set lock_timeout = '200ms' as $$
declare
    client bigint;
    broker bigint;
    merged bigint;
    kept bigint;
begin
    select c.client_id, c.broker_id into client, broker from comuta_active_channel(channel) c;
    if client is null then
        return false;
    end if;
    select i.merged_id, i.kept_id into merged, kept
    from comuta_unite_identities(client, broker, contact_kind, contact, phone, person_name, user_id) i;
    if merged is not null then
        perform comuta_move_sessions(client, merged, kept);
    end if;
    return true;
end
$$;

-- Moves the identity of an end user to a new number, as reported by the provider. The history stays with the person, and
-- replies go to the new number. False when the channel is not 'Ativo'. A repetition changes nothing.
create or replace function comuta_move_identity(
    channel bigint, contact_kind text, contact text, new_number text, new_phone text)
returns boolean language plpgsql as $$
declare
    client bigint;
    moved record;
begin
    select c.client_id into client from comuta_active_channel(channel) c;
    if client is null then
        return false;
    end if;
    for moved in select n.* from comuta_change_number(client, contact_kind, contact, new_number, new_phone) n loop
        if moved.merged_id is not null then
            perform comuta_move_sessions(client, moved.merged_id, moved.kept_id);
        end if;
        perform comuta_forget_addresses(client, moved.kept_id);
    end loop;
    return true;
end
$$;

-- Links the two names of each person as comuta_link_identities does, for many people in a few statements. Returns the
-- places of the people that are linked afterwards; the others are to be linked one by one.
create or replace function comuta_link_new_identities(
    channels bigint[], contact_kinds text[], contacts text[], phones text[], person_names text[], user_ids text[])
returns setof bigint language plpgsql set lock_timeout = '200ms' as $$
declare
    tenants bigint[];
    brokers bigint[];
begin
    select array_agg(c.client_id order by g.place), array_agg(c.broker_id order by g.place) into tenants, brokers
    from unnest(channels) with ordinality as g(channel, place)
    left join lateral comuta_active_channel(g.channel) c on true;
    return query
    select n.* from comuta_unite_new_identities(
        tenants, brokers, contact_kinds, contacts, phones, person_names, user_ids) n;
end
$$;

-- An outgoing message with its channel and its recipient: the address of the end user's last message on the channel, or
-- else the phone number, or else the id that the provider uses.
-- withdrawn: an assistant's reply that is older than the act of a person by which the session was taken over or closed,
-- and that no person retried.
create or replace function comuta_outgoing_message(message bigint, client bigint)
returns table (
    message_id bigint, session_id bigint, client_id bigint, content_type text, content text, content_data jsonb,
    status text, written_at timestamptz, channel_id bigint, retried boolean, withdrawn boolean, channel_version integer, end_user_id bigint,
    sender_type text, reply_to text, window_open boolean, recipient text)
language plpgsql stable as $$
begin
    return query
    select m.MessageID, m.SessionID, m.ClientID, m.ContentType, m.Content, m.ContentData, m.Status, m.Timestamp,
           s.ChannelID, m.FailedProviderIDs is not null,
           m.SenderType = 'Assistente' and coalesce(s.PersonActedAt > m.Timestamp, false)
               and m.FailedProviderIDs is null and (s.HandedOffAt is not null or s.EndTime is not null),
           (select c.Version from CommunicationChannels c where c.ChannelID = s.ChannelID), u.EndUserID,
           m.SenderType, m.Context ->> 'replyTo', coalesce(s.WindowEndsAt > clock_timestamp(), false),
           coalesce(s.ReplyTo, (
               select o.ReplyTo from Sessions o
               where o.ClientID = s.ClientID and o.EndUserID = s.EndUserID and o.ChannelID = s.ChannelID
                 and o.ReplyTo is not null
               order by o.SessionID desc limit 1), u.PhoneNumber, (
               select i.Value from EndUserIdentities i
               where i.ClientID = u.ClientID and i.EndUserID = u.EndUserID and i.Kind = 'bsuid'
               order by i.CreatedAt desc limit 1))
    from Messages m
    join Sessions s on s.SessionID = m.SessionID
    join ClientEndUsers u on u.EndUserID = s.EndUserID
    where m.MessageID = message and m.ClientID = client;
end
$$;

-- Whether two sessions of a client are one, or are those of one end user on one channel. In PL/pgSQL, which keeps its plan.
create or replace function comuta_same_conversation(client bigint, one bigint, other bigint) returns boolean
language plpgsql stable as $$
begin
    return one = other or exists (
        select from Sessions a
        join Sessions b on b.ClientID = a.ClientID and b.EndUserID = a.EndUserID and b.ChannelID = a.ChannelID
        where a.ClientID = client and a.SessionID = one and b.SessionID = other);
end
$$;

-- The changes of a message by its own sender in the same conversation: its last text, null when it was not edited, and
-- whether it was revoked. PostgreSQL puts this statement into the statement of the caller, and plans it with that.
create or replace function comuta_message_changes(
    client bigint, session bigint, provider_message_id text, sender_type text)
returns table (text text, revoked boolean) language sql stable as $$
    select (array_agg(c.Content order by c.OrderedAt desc, c.MessageID desc) filter (where c.ContentType = 'Edição'))[1],
           bool_or(c.ContentType = 'Revogação')
    from Messages c
    where c.ClientID = client and c.Target = provider_message_id and c.SenderType = sender_type
      and comuta_same_conversation(client, c.SessionID, session)
$$;

-- The newest texts of a session, oldest first: corrected, without what was revoked or never arrived, and with the words of
-- audio files.
create or replace function comuta_words(client bigint, session bigint, latest integer)
returns table (sender_type text, words text, said_at timestamptz) language plpgsql stable as $$
begin
    return query
    select w.SenderType, w.Words, w.OrderedAt
    from (select m.SenderType, m.OrderedAt, m.MessageID, changed.revoked,
                 coalesce(m.Heard, changed.text, m.Content, case when m.ContentType = 'Áudio' then (
                     select t.Text from Transcripts t
                     where t.MessageID = m.MessageID and t.ClientID = client
                     order by t.TranscriptID desc limit 1) end) as Words
          from Messages m
          cross join lateral comuta_message_changes(client, session, m.ProviderMessageID, m.SenderType) changed
          where m.SessionID = session and m.ClientID = client
            and coalesce(m.Status, '') not in ('Cancelada', 'Falhou')
            and m.ContentType not in ('Reação', 'Edição', 'Revogação', 'Sistema')
          order by m.OrderedAt desc, m.MessageID desc limit latest) w
    where w.revoked is not true and btrim(w.Words, E' \n\t') <> ''
    order by w.OrderedAt, w.MessageID;
end
$$;

-- Counts messages that are about to be sent on a channel, one for each of these end users. Returns for each, in their
-- order, 0 when it may be sent now; else the seconds after which it asks for the next moment, and it is not counted.
--
-- The channel is a bucket that fills at its rate and holds what fills in a fifth of a second, so that it has room for
-- senders that are late, and never sends a burst. Messages that wait get different times, a quarter more of them than
-- can be sent, so that no part of the rate is unused. pair_gap: null when pairs have no limit.
create or replace function comuta_pace(
    channel bigint, client bigint, end_users bigint[], rate integer, recovery double precision,
    pair_gap double precision, pair_burst integer)
returns setof double precision language plpgsql as $$
declare
    pace ChannelPaces;
    moment timestamptz;
    slot interval;
    end_user bigint;
    wait double precision;
begin
    insert into ChannelPaces (ChannelID, ClientID) values (channel, client) on conflict do nothing;
    select * into pace from ChannelPaces c where c.ChannelID = channel for no key update;
    moment := clock_timestamp();
    slot := interval '1 second' / (rate * comuta_pace_share(pace.Share, pace.SlowedAt, recovery));
    pace.FreeAt := greatest(pace.FreeAt, moment - greatest(interval '0.2 seconds', slot));
    pace.ReturnAt := greatest(pace.ReturnAt, moment);

    foreach end_user in array end_users loop
        if pace.FreeAt + slot > moment then
            pace.ReturnAt := greatest(pace.ReturnAt, pace.FreeAt) + slot / 1.25;
            wait := extract(epoch from pace.ReturnAt - moment);
        else
            wait := case when pair_gap is null then 0
                         else comuta_pace_pair(channel, client, end_user, pair_gap, pair_burst) end;
            if wait = 0 then
                pace.FreeAt := pace.FreeAt + slot;
            end if;
        end if;
        return next wait;
    end loop;

    update ChannelPaces set FreeAt = pace.FreeAt, ReturnAt = pace.ReturnAt where ChannelID = channel;
end
$$;

-- The share of its rate that a channel uses: what remained when the provider refused messages, growing to the whole.
create or replace function comuta_pace_share(share double precision, slowed_at timestamptz, recovery double precision)
returns double precision language sql stable as $$
    select least(1, share + coalesce(extract(epoch from clock_timestamp() - slowed_at) / recovery, 0))
$$;

-- Counts a message to one person. Returns 0, or the seconds after which the person may get the next one. The row has the
-- time at which all that was sent is paid off; without a row nothing was sent lately.
create or replace function comuta_pace_pair(
    channel bigint, client bigint, end_user bigint, gap double precision, burst integer)
returns double precision language plpgsql as $$
declare
    moment constant timestamptz := clock_timestamp();
    each_one constant interval := gap * interval '1 second';
begin
    insert into PairPaces as p (ChannelID, EndUserID, ClientID, PaidAt)
    values (channel, end_user, client, moment + each_one)
    on conflict (ChannelID, EndUserID) do update set PaidAt = greatest(p.PaidAt, moment) + each_one
    where p.PaidAt <= moment + each_one * (burst - 1);
    if found then
        return 0;
    end if;
    return (select extract(epoch from p.PaidAt - each_one * (burst - 1) - moment)
            from PairPaces p where p.ChannelID = channel and p.EndUserID = end_user);
end
$$;

-- A provider refused a message that came too fast: of a pair, which then waits, or of the channel when end_user is null.
-- The channel then has half of its rate; refusals of messages that were sent at the same time halve it once. gap: the
-- least wait; retry_after: the wait that the provider requested. Returns the seconds until the message may be tried again.
create or replace function comuta_slow_down(
    channel bigint, client bigint, end_user bigint, rate integer, recovery double precision, gap double precision,
    pair_burst integer, retry_after double precision)
returns double precision language plpgsql as $$
declare
    wait constant double precision := greatest(gap, coalesce(retry_after, 0));
    moment constant timestamptz := clock_timestamp();
    return_at timestamptz;
begin
    if end_user is not null then
        insert into PairPaces as p (ChannelID, EndUserID, ClientID, PaidAt)
        values (channel, end_user, client, moment + (wait + gap * (pair_burst - 1)) * interval '1 second')
        on conflict (ChannelID, EndUserID) do update set PaidAt = greatest(p.PaidAt, excluded.PaidAt);
        return wait;
    end if;
    insert into ChannelPaces as c (ChannelID, ClientID, Share, SlowedAt, FreeAt, ReturnAt)
    values (channel, client, 0.5, moment, moment + wait * interval '1 second', moment + wait * interval '1 second')
    on conflict (ChannelID) do update
    set Share = case when c.SlowedAt > moment - interval '1 second' then c.Share
                     else greatest(comuta_pace_share(c.Share, c.SlowedAt, recovery) / 2, 0.02) end,
        SlowedAt = case when c.SlowedAt > moment - interval '1 second' then c.SlowedAt else moment end,
        FreeAt = greatest(c.FreeAt, excluded.FreeAt),
        ReturnAt = greatest(c.ReturnAt, excluded.ReturnAt) + interval '1 second' / rate
    returning ReturnAt into return_at;
    return extract(epoch from return_at - moment);
end
$$;

-- The order of the statuses of parts. The status of a message is the lowest of its parts.
create or replace function comuta_part_rank(status text) returns integer language sql immutable parallel safe as $$
    select case status
        when 'Falhou' then 0 when 'Incerta' then 1 when 'Pendente' then 2 when 'Enviada' then 3 when 'Entregue' then 4
        else 5 end
$$;

-- Sets the status of these messages to the lowest of their parts, and writes the events of the messages that changed. The
-- delivery of a message has, for each status, the report about its first part that has one; a failure counts only while
-- the part is 'Falhou'. errors: the provider's code for the failure of each message, by its id; null for none.
create or replace function comuta_parts_changed(messages bigint[], errors jsonb) returns void language sql as $$
    with lowest as (
        select distinct on (p.MessageID) p.MessageID, m.Status as before,
               case when m.Status = 'Cancelada' then m.Status else p.Status end as status
        from MessageParts p join Messages m on m.MessageID = p.MessageID
        where p.MessageID = any (messages)
        order by p.MessageID, comuta_part_rank(p.Status)
    ), reports as (
        select p.MessageID, jsonb_object_agg(r.key, r.value order by p.No desc) as delivery
        from MessageParts p cross join lateral jsonb_each(p.Delivery) r
        where p.MessageID = any (messages) and (r.key <> 'Falhou' or p.Status = 'Falhou')
        group by p.MessageID
    ), changed as (
        update Messages m set Status = l.status, Delivery = r.delivery
        from lowest l left join reports r on r.MessageID = l.MessageID
        where m.MessageID = l.MessageID and (l.status <> l.before or m.Delivery is distinct from r.delivery)
        returning m.MessageID, m.SessionID, m.ClientID, m.Status, l.status <> l.before as moved
    )
    insert into Events (SessionID, ClientID, EventType, EventData, Timestamp)
    select c.SessionID, c.ClientID,
           case c.Status when 'Enviada' then 'MensagemEnviada' when 'Entregue' then 'MensagemEntregue'
               when 'Lida' then 'MensagemLida' else 'MensagemFalhou' end,
           jsonb_strip_nulls(jsonb_build_object(
               'MessageID', c.MessageID::text,
               'erro', case when c.Status = 'Falhou' then errors ->> c.MessageID::text end)),
           clock_timestamp()
    from changed c
    where c.moved and c.Status not in ('Pendente', 'Incerta')
    order by c.MessageID
$$;

-- Sets the status of a part that is open, or opens a failed one again for a retry. True when the part changed.
create or replace function comuta_settle_part(
    message bigint, client bigint, part integer, new_status text, provider_message_id text)
returns boolean language plpgsql as $$
declare
    changed boolean;
begin
    update MessageParts p
    set Status = case when p.Status in ('Pendente', 'Incerta') then new_status else p.Status end,
        ProviderMessageID = coalesce(p.ProviderMessageID, provider_message_id)
    where p.MessageID = message and p.ClientID = client and p.No = part and new_status <> 'Pendente'
    returning p.Status = new_status into changed;
    update MessageParts p
    set Status = new_status, ProviderMessageID = null, Delivery = null,
        FailedProviderIDs = array_remove(coalesce(p.FailedProviderIDs, '{}') || p.ProviderMessageID, null)
    where p.MessageID = message and p.ClientID = client and p.No = part and new_status = 'Pendente'
      and p.Status in ('Falhou', 'Incerta');
    changed := coalesce(changed, found);
    perform comuta_parts_changed(array[message], null);
    return changed;
end
$$;

-- Stores why a part failed, afresh or in addition. An error of the provider, which may have arrived earlier, remains.
create or replace function comuta_explain_part(
    message bigint, client bigint, part integer, report jsonb, afresh boolean)
returns void language plpgsql as $$
begin
    update MessageParts p
    set Delivery = coalesce(p.Delivery, '{}') || jsonb_build_object(
            'Falhou', case when afresh then report else coalesce(p.Delivery -> 'Falhou', '{}') || report end)
    where p.MessageID = message and p.ClientID = client and p.No = part
      and (afresh or p.Delivery #> '{Falhou,errorCode}' is null);
    perform comuta_parts_changed(array[message], null);
end
$$;

-- The id by which the API shows the message that another one names by the provider's id: of a part, that of the first part
-- that has one. In PL/pgSQL, which keeps its plan.
create or replace function comuta_shown_id(client bigint, provider_message_id text) returns text
language plpgsql stable as $$
begin
    return coalesce((
        select f.ProviderMessageID from MessageParts p
        join MessageParts f on f.MessageID = p.MessageID and f.ClientID = p.ClientID
        where p.ProviderMessageID = provider_message_id and p.ClientID = client and f.ProviderMessageID is not null
        order by f.MessageID, f.No limit 1), provider_message_id);
end
$$;

-- Moves parts of messages forward by status reports, as comuta_receipts does whole messages. Most reports are about whole
-- messages and only look into the index. The caller locks the sessions. Returns the number of messages whose parts moved.
create or replace function comuta_part_receipts(receipts jsonb) returns bigint language plpgsql as $$
declare
    written bigint[];
    moved bigint;
    errors jsonb;
begin
    with targets as materialized (
        select t.*, comuta_message_rank(t.status) as rank from comuta_part_targets(receipts) t
    ), last as (
        select distinct on (t.message_id, t.part) t.* from targets t
        where t.rank > t.before
        order by t.message_id, t.part, t.rank desc
    ), details as (
        select t.message_id, t.part, jsonb_object_agg(t.status, t.delivery) as delivery from targets t
        where t.delivery is not null group by t.message_id, t.part
    ), news as (
        select message_id, part, last.status, last.provider_message_id, last.erro, details.delivery
        from last full join details using (message_id, part)
    ), changed as (
        update MessageParts p
        set Status = coalesce(n.status, p.Status),
            ProviderMessageID = coalesce(p.ProviderMessageID, n.provider_message_id),
            Delivery = case when n.delivery is null then p.Delivery else coalesce(p.Delivery, '{}') || n.delivery end
        from news n
        where p.MessageID = n.message_id and p.No = n.part
          and (n.status is not null or not coalesce(p.Delivery, '{}') @> n.delivery)
        returning p.MessageID, p.No, n.status is not null as moved, n.erro
    )
    select array_agg(distinct c.MessageID), count(distinct c.MessageID) filter (where c.moved),
           jsonb_object_agg(c.MessageID, c.erro order by c.No desc) filter (where c.erro is not null)
    into written, moved, errors from changed c;
    if written is not null then
        perform comuta_parts_changed(written, errors);
    end if;
    return moved;
end
$$;

-- The parts that status reports are about, as comuta_receipt_targets finds whole messages.
create or replace function comuta_part_targets(receipts jsonb)
returns table (
    message_id bigint, part integer, session_id bigint, before integer, status text, erro text,
    provider_message_id text, delivery jsonb)
language sql stable as $$
    with given as (
        select r.* from jsonb_to_recordset(receipts) as r(
            provider text, "channelId" bigint, "providerId" text, "providerMessageId" text, "messageId" bigint,
            part integer, status text, erro text, delivery jsonb)
    ), found as (
        select p.MessageID, p.No, p.SessionID, p.Status as current, g.* from given g
        join MessageParts p on p.ProviderMessageID = g."providerMessageId"
        union
        select p.MessageID, p.No, p.SessionID, p.Status, g.* from given g
        join MessageParts p on p.MessageID = g."messageId" and p.No = g.part and p.ProviderMessageID is null
            and (g."providerMessageId" = any (p.FailedProviderIDs)) is not true
    )
    select f.MessageID, f.No, f.SessionID, comuta_message_rank(f.current), f.status, f.erro,
           f."providerMessageId", f.delivery
    from found f
    join Sessions s on s.SessionID = f.SessionID
    join CommunicationChannels c
        on c.ChannelID = s.ChannelID and c.Provider = f.provider
        and coalesce(c.ChannelID = f."channelId", c.ProviderID = f."providerId")
$$;

-- Whether a person of the company wrote to an end user after this time, besides the given messages.
create or replace function comuta_person_wrote(client bigint, person bigint, since timestamptz, besides bigint[])
returns boolean language plpgsql stable as $$
begin
    return exists (
        select from comuta_sessions_of_end_user(client, person) s
        join Messages m on m.SessionID = s.session_id
        where m.SenderType = 'Usuário' and m.Timestamp > since and m.MessageID <> all (besides));
end
$$;

-- Stores what an end user said in the session of a call, which no assistant has answered. Replies that were not spoken yet
-- are canceled, and what they answered is unanswered again, so that the next turn answers all of it. Returns null when it
-- was stored before, and when the session is closed.
create or replace function comuta_hear(client bigint, session bigint, id text, said text, data jsonb)
returns bigint language plpgsql as $$
declare
    stored bigint;
begin
    perform comuta_lock_sessions(array[session]);
    if not comuta_session_is_open(session) or exists (
        select from Messages m
        where m.SessionID = session and m.ClientID = client and m.ProviderMessageID = id
          and m.SenderType = 'Usuário-Cliente')
    then
        return null;
    end if;
    with unspoken as (
        select m.MessageID from Messages m
        where m.SessionID = session and m.ClientID = client and m.SenderType = 'Assistente' and m.Status = 'Pendente'
        order by m.MessageID for no key update
    ), canceled as (
        update Messages m set Status = 'Cancelada' from unspoken u
        where m.MessageID = u.MessageID and m.Status = 'Pendente'
        returning m.MessageID, m.TurnTaskID
    ), recorded as materialized (
        select comuta_record_event(
            client, session, 'MensagemCancelada', jsonb_build_object('MessageID', c.MessageID::text))
        from canceled c
    ), reopened as (
        update Messages m set TurnTaskID = null
        where m.SessionID = session and m.ClientID = client and m.SenderType = 'Usuário-Cliente'
          and m.TurnTaskID <> 0 and m.TurnTaskID in (select c.TurnTaskID from canceled c)
    )
    select count(*) into stored from recorded;
    insert into Messages (SessionID, ClientID, SenderType, ContentType, Content, ContentData, Timestamp, OrderedAt,
                          ProviderMessageID)
    values (session, client, 'Usuário-Cliente', 'Texto', said, data, clock_timestamp(), clock_timestamp(), id)
    returning MessageID into stored;
    perform comuta_record_event(
        client, session, 'MensagemRecebida', jsonb_build_object('MessageID', stored::text));
    return stored;
end
$$;

-- Marks the messages as spoken that wait in sessions of calls, each with its place in the call. Messages that another
-- transaction has locked wait.
create or replace function comuta_speak(sessions bigint[], places text[])
returns table (session_id bigint, message_id bigint, content text) language plpgsql as $$
begin
    return query
    with due as materialized (
        select m.MessageID, m.Timestamp, n.place
        from unnest(sessions, places) as n(session, place)
        join Messages m on m.SessionID = n.session
        where m.Status = 'Pendente' and m.SenderType <> 'Usuário-Cliente'
        order by m.MessageID
        for no key update of m skip locked
    ), spoken as (
        update Messages m set Status = 'Enviada', SpokenPlace = d.place
        from due d where m.MessageID = d.MessageID and m.Timestamp = d.Timestamp
        returning m.MessageID, m.SessionID, m.ClientID, m.Content
    ), recorded as materialized (
        select s.SessionID, s.MessageID, s.Content, comuta_record_event(
            s.ClientID, s.SessionID, 'MensagemEnviada', jsonb_build_object('MessageID', s.MessageID::text))
        from spoken s
    )
    select r.SessionID, r.MessageID, r.Content from recorded r order by r.MessageID;
end
$$;
