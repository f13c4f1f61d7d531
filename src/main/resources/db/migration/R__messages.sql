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
    provider_message_id text)
language sql stable as $$
    with given as (
        select r.* from jsonb_to_recordset(receipts) as r(
            provider text, "channelId" bigint, "providerId" text, "providerMessageId" text, "messageId" bigint,
            status text, erro text)
    ), found as (
        select m.MessageID, m.SessionID, m.Status as current, g.* from given g
        join Messages m on m.ProviderMessageID = g."providerMessageId" and m.SenderType <> 'Usuário-Cliente'
        union all
        select m.MessageID, m.SessionID, m.Status, g.* from given g
        join Messages m on m.MessageID = g."messageId" and m.ProviderMessageID is null
            and m.SenderType <> 'Usuário-Cliente'
            and (g."providerMessageId" = any (m.FailedProviderIDs)) is not true
    )
    select f.MessageID, f.SessionID, s.ClientID, comuta_message_rank(f.current), f.status, f.erro,
           f."providerMessageId"
    from found f
    join Sessions s on s.SessionID = f.SessionID
    join CommunicationChannels c
        on c.ChannelID = s.ChannelID and c.Provider = f.provider
        and coalesce(c.ChannelID = f."channelId", c.ProviderID = f."providerId")
$$;

-- Moves outgoing messages forward, many in one statement, and never back. Each step forward writes one event. A message
-- whose report arrives before its sending was stored counts as sent. Returns the number of messages that moved.
create or replace function comuta_receipts(receipts jsonb) returns bigint language plpgsql as $$
declare
    moved bigint;
begin
    perform comuta_lock_sessions(array(select distinct t.session_id from comuta_receipt_targets(receipts) t));

    with news as materialized (
        select t.*, comuta_message_rank(t.status) as rank from comuta_receipt_targets(receipts) t
        where comuta_message_rank(t.status) > t.before
    ), changed as (
        update Messages m
        set Status = last.status, ProviderMessageID = coalesce(m.ProviderMessageID, last.provider_message_id)
        from (select distinct on (n.message_id) n.* from news n order by n.message_id, n.rank desc) last
        where m.MessageID = last.message_id
        returning m.MessageID
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
    select count(*) into moved from changed;
    return moved;
end
$$;

-- Revokes consent for the senders of opt-out messages, on the kind of channel that each message came by.
create or replace function comuta_opt_out(messages bigint[]) returns void language sql as $$
    with new_messages as (
        select m.MessageID, m.ClientID, m.SessionID, s.EndUserID, c.ChannelType
        from Messages m
        join Sessions s on s.SessionID = m.SessionID
        join CommunicationChannels c on c.ChannelID = s.ChannelID
        where m.MessageID = any (messages) and m.SenderType = 'Usuário-Cliente' and s.EndUserID is not null
    ), revoked as (
        insert into Consents (ClientID, EndUserID, ChannelType, Status, Source, MessageID)
        select new_messages.ClientID, new_messages.EndUserID, new_messages.ChannelType, 'Revogado', 'Mensagem', new_messages.MessageID
        from new_messages order by new_messages.MessageID
        returning ConsentID, MessageID
    )
    insert into Events (ClientID, SessionID, EventType, EventData, Timestamp)
    select new_messages.ClientID, new_messages.SessionID, 'ConsentimentoRevogado',
           jsonb_build_object('ConsentID', revoked.ConsentID::text, 'MessageID', new_messages.MessageID::text), clock_timestamp()
    from revoked join new_messages on new_messages.MessageID = revoked.MessageID
    order by revoked.ConsentID
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
    status text, written_at timestamptz, channel_id bigint, retried boolean, withdrawn boolean, channel_version integer, recipient text)
language plpgsql stable as $$
begin
    return query
    select m.MessageID, m.SessionID, m.ClientID, m.ContentType, m.Content, m.ContentData, m.Status, m.Timestamp,
           s.ChannelID, m.FailedProviderIDs is not null,
           m.SenderType = 'Assistente' and coalesce(s.PersonActedAt > m.Timestamp, false)
               and m.FailedProviderIDs is null and (s.HandedOffAt is not null or s.EndTime is not null),
           (select c.Version from CommunicationChannels c where c.ChannelID = s.ChannelID),
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

-- The changes of a message by its own sender: its last text, null when it was not edited, and whether it was revoked.
-- PostgreSQL puts this statement into the statement of the caller, and plans it with that.
create or replace function comuta_message_changes(client bigint, provider_message_id text, sender_type text)
returns table (text text, revoked boolean) language sql stable as $$
    select (array_agg(c.Content order by c.OrderedAt desc, c.MessageID desc) filter (where c.ContentType = 'Edição'))[1],
           bool_or(c.ContentType = 'Revogação')
    from Messages c
    where c.ClientID = client and c.Target = provider_message_id and c.SenderType = sender_type
$$;
