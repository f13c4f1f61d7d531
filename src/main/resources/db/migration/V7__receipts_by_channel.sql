-- A receipt may name the channel that sent by our id instead of the provider's, which not every channel has.

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
    )
    select f.MessageID, f.SessionID, s.ClientID, comuta_message_rank(f.current), f.status, f.erro,
           f."providerMessageId"
    from found f
    join Sessions s on s.SessionID = f.SessionID
    join CommunicationChannels c
        on c.ChannelID = s.ChannelID and c.Provider = f.provider
        and coalesce(c.ChannelID = f."channelId", c.ProviderID = f."providerId")
$$;
