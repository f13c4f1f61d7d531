-- What providers say about numbers and messages: credentials of a channel, receipts of what was sent, and items that
-- came for a number that nobody has.

-- A sealed JSON object.
alter table CommunicationChannels add column if not exists Credentials text;

-- A receipt names our message by the provider's id. Inbound messages, which nobody looks up so, stay out of it; no
-- column of the index changes once it is set.
create index if not exists Messages_by_provider_id on Messages (ProviderMessageID)
    where SenderType <> 'Usuário-Cliente' and ProviderMessageID is not null;

-- How far a status stands on the way of an outgoing message. 'Falhou' is before 'Entregue': what was delivered to one
-- device has arrived.
create function comuta_message_rank(status text) returns integer language sql immutable parallel safe as $$
    select case status
        when 'Incerta' then 1 when 'Enviada' then 2 when 'Falhou' then 3 when 'Entregue' then 4 when 'Lida' then 5
        else 0 end
$$;

-- The messages that receipts are about, by the provider's id or, while that is not known, by ours, which went along. The
-- number that reports must be the one that sent: a provider's account sees only its own.
create function comuta_receipt_targets(receipts jsonb)
returns table (
    message_id bigint, session_id bigint, client_id bigint, before integer, status text, erro text,
    provider_message_id text)
language sql stable as $$
    with given as (
        select r.* from jsonb_to_recordset(receipts) as r(
            provider text, "providerId" text, "providerMessageId" text, "messageId" bigint, status text, erro text)
    ), found as (
        select m.MessageID, m.SessionID, m.Status as current, g.* from given g
        join Messages m on m.ProviderMessageID = g."providerMessageId" and m.SenderType <> 'Usuário-Cliente'
        union all
        select m.MessageID, m.SessionID, m.Status, g.* from given g
        join Messages m on m.MessageID = g."messageId" and m.ProviderMessageID is null
            and m.SenderType <> 'Usuário-Cliente'
    )
    select f.MessageID, f.SessionID, s.ClientID, comuta_message_rank(f.current), f.status, f.erro,
           f."providerMessageId"
    from found f
    join Sessions s on s.SessionID = f.SessionID
    join CommunicationChannels c
        on c.ChannelID = s.ChannelID and c.Provider = f.provider and c.ProviderID = f."providerId"
$$;

-- Moves outgoing messages forward, many in one statement, and never back. Each step forward is an event, once; a message
-- that its receipt finds before its sending was stored is thereby sent. Returns how many messages moved.
create function comuta_receipts(receipts jsonb) returns bigint language plpgsql as $$
declare
    moved bigint;
begin
    -- who writes to a session locks its row first, so that ids of one session commit in their order
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

-- What a verified provider delivered and what has no place yet. No tenant owns it: only the platform sees it.
create table ParkedItems (
    ParkedID bigint generated always as identity primary key,
    Provider text not null,
    -- the provider's id of the number that it came for
    ProviderID text not null,
    ReceiptID text not null,
    -- 'Número desconhecido': a message as comuta_receive takes it; 'Ilegível': what came, as text
    Reason text not null,
    Payload jsonb not null,
    ReceivedAt timestamptz not null default now(),
    unique (Provider, ReceiptID)
);
create index ParkedItems_by_number on ParkedItems (Provider, ProviderID, ParkedID);
grant select, insert, update, delete on ParkedItems to comuta_platform;

-- Receives what is parked for the number of an active channel, oldest first, as comuta_receive does, and removes it.
-- Runs with the owner's rights, because no tenant sees the table: the channel must be the transaction's tenant's.
create function comuta_replay(channel bigint, at_most integer, idle interval)
returns table (
    item_no bigint, outcome text, client_id bigint, session_id bigint, message_id bigint, task_id bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    items jsonb;
begin
    with due as (
        select p.ParkedID from CommunicationChannels c
        join ParkedItems p on p.Provider = c.Provider and p.ProviderID = c.ProviderID
        where c.ChannelID = channel and c.ClientID = current_client() and c.Status = 'Ativo'
          and p.Reason = 'Número desconhecido'
        order by p.ParkedID limit at_most
        for update of p skip locked
    ), taken as (
        delete from ParkedItems p using due where p.ParkedID = due.ParkedID returning p.ParkedID, p.Payload
    )
    select coalesce(jsonb_agg(t.Payload || jsonb_build_object('channel', channel) order by t.ParkedID), '[]')
    into items from taken t;
    return query select * from comuta_receive(items, idle);
end
$$;
revoke execute on function comuta_replay from public;
grant execute on function comuta_replay to comuta_app;
