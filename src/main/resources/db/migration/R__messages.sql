-- Status reports of outgoing messages, opt-out by message, and identities that belong to one person.

-- The order of the statuses of an outgoing message. 'Falhou' is before 'Entregue', because a message that was delivered
-- to one of several devices has arrived.
create or replace function comuta_message_rank(status text) returns integer language sql immutable parallel safe as $$
    select case status
        when 'Incerta' then 1 when 'Enviada' then 2 when 'Falhou' then 3 when 'Entregue' then 4 when 'Lida' then 5
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
    -- writers lock the session's row first, so that the ids of one session commit in their order
    perform from Sessions s
    where s.SessionID in (select t.session_id from comuta_receipt_targets(receipts) t)
    order by s.SessionID
    for no key update;

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
-- was known. Two known end users are merged when the one known by user id has no phone number: its identities and
-- sessions move to the other. Of two open conversations on one channel, the one without a number is closed.
create or replace function comuta_link_identities(
    channel bigint, contact_kind text, contact text, phone text, person_name text, user_id text)
returns void language plpgsql as $$
declare
    client bigint;
    broker bigint;
    by_contact bigint;
    by_user bigint;
begin
    select c.ClientID, c.DefaultUserID into client, broker
    from CommunicationChannels c where c.ChannelID = channel and c.Status = 'Ativo';
    if client is null then
        return;
    end if;
    -- the lock that comuta_end_user holds while it creates an end user with this user id
    perform pg_advisory_xact_lock(hashtextextended(client || '/bsuid/' || user_id, 0));
    select i.EndUserID into by_user from EndUserIdentities i
    where i.ClientID = client and i.Kind = 'bsuid' and i.Value = user_id;
    select i.EndUserID into by_contact from EndUserIdentities i
    where i.ClientID = client and i.Kind = contact_kind and i.Value = contact;

    if by_user is not null and by_contact is null then
        insert into EndUserIdentities (ClientID, Kind, Value, EndUserID)
        values (client, contact_kind, contact, by_user) on conflict do nothing;
        update ClientEndUsers u set PhoneNumber = phone, Version = Version + 1, UpdatedAt = clock_timestamp()
        where u.EndUserID = by_user and u.PhoneNumber is null;
        return;
    end if;

    by_contact := coalesce(
        by_contact, comuta_end_user(client, contact_kind, contact, phone, person_name, broker));
    if by_user is null then
        insert into EndUserIdentities (ClientID, Kind, Value, EndUserID)
        values (client, 'bsuid', user_id, by_contact) on conflict do nothing;
    elsif by_user <> by_contact then
        update EndUserIdentities i set EndUserID = by_contact
        where i.ClientID = client and i.Kind = 'bsuid' and i.Value = user_id;
        update ClientEndUsers u set Status = 'Inativo', Version = Version + 1, UpdatedAt = clock_timestamp()
        where u.EndUserID = by_user and u.PhoneNumber is null;
        if found then
            update EndUserIdentities i set EndUserID = by_contact
            where i.ClientID = client and i.EndUserID = by_user;
            with ended as (
                update Sessions s set EndTime = clock_timestamp()
                where s.ClientID = client and s.EndUserID = by_user and s.EndTime is null
                  and s.SessionType = 'Conversa' and exists (
                      select from Sessions o
                      where o.ChannelID = s.ChannelID and o.EndUserID = by_contact and o.EndTime is null
                        and o.SessionType = 'Conversa')
                returning s.SessionID
            )
            insert into Events (ClientID, SessionID, EventType, EventData, Timestamp)
            select client, e.SessionID, 'SessãoEncerrada', '{"motivo": "mesma pessoa"}', clock_timestamp()
            from ended e;
            update Sessions s set EndUserID = by_contact where s.ClientID = client and s.EndUserID = by_user;
        end if;
    end if;
end
$$;
