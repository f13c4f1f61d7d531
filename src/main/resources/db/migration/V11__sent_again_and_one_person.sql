-- A message that its provider reported failed and that a person has sent again keeps the ids of what failed in
-- Payload -> 'recusados': a late receipt of one of them says nothing about the message that is under way now.
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
            and not coalesce(m.Payload -> 'recusados' ? g."providerMessageId", false)
    )
    select f.MessageID, f.SessionID, s.ClientID, comuta_message_rank(f.current), f.status, f.erro,
           f."providerMessageId"
    from found f
    join Sessions s on s.SessionID = f.SessionID
    join CommunicationChannels c
        on c.ChannelID = s.ChannelID and c.Provider = f.provider
        and coalesce(c.ChannelID = f."channelId", c.ProviderID = f."providerId")
$$;

-- Two names that a provider says belong to one person become names of one end user: by which a person was known before,
-- both, or neither. Two end users that turn out to be one are joined when the one known by user id alone has no number:
-- its names and sessions move to the other; of two open conversations on one channel, the one without a number ends.
create function comuta_link_identities(
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
    -- the lock under which comuta_end_user makes a person of this user id
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
