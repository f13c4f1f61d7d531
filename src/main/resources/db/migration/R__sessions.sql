-- The open conversation of an end user on a channel, locked by this transaction. It is reused unless it was idle too
-- long. A new one belongs to the end user's own broker if that broker is 'Ativo', and otherwise to the channel's.
create or replace function comuta_open_session(
    client bigint, channel bigint, person bigint, broker bigint, assistant bigint, idle interval)
returns bigint language plpgsql as $$
declare
    open_id bigint;
    is_new boolean;
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
    returning SessionID, xmax = 0 into open_id, is_new;
    if is_new then
        insert into Events (ClientID, SessionID, EventType, EventData, Timestamp)
        values (client, open_id, 'SessãoIniciada', jsonb_build_object('ChannelID', channel::text), clock_timestamp());
    end if;
    return open_id;
end
$$;
