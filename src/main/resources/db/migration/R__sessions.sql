-- Sessions: lock, close, open, move.

-- Locks sessions in the order of their ids. Writers lock the session's row first, so that the ids of one session commit
-- in their order.
create or replace function comuta_lock_sessions(ids bigint[]) returns void language plpgsql as $$
begin
    perform from Sessions s where s.SessionID in (select unnest(ids)) order by s.SessionID for no key update;
end
$$;

-- Locks the sessions that no other transaction holds, and returns them.
create or replace function comuta_lock_free_sessions(ids bigint[]) returns bigint[] language plpgsql as $$
declare
    held bigint[];
begin
    select array_agg(h.SessionID) into held from (
        select s.SessionID from Sessions s where s.SessionID in (select unnest(ids))
        for no key update skip locked) h;
    return held;
end
$$;

-- Closes the open ones of these sessions and records their events. Returns the sessions that it closed.
create or replace function comuta_close_sessions(ids bigint[], reason text) returns bigint[] language plpgsql as $$
declare
    closed bigint[];
begin
    with ended as (
        update Sessions s set EndTime = clock_timestamp()
        where s.SessionID in (select unnest(ids)) and s.EndTime is null
        returning s.ClientID, s.SessionID
    ), new_events as (
        insert into Events (ClientID, SessionID, EventType, EventData, Timestamp)
        select e.ClientID, e.SessionID, 'SessãoEncerrada', jsonb_build_object('motivo', reason), clock_timestamp()
        from ended e
    )
    select array_agg(e.SessionID) into closed from ended e;
    return coalesce(closed, '{}');
end
$$;

-- True when the assistant answers in this session: it is open, and no person has taken it over.
create or replace function comuta_assistant_answers(session bigint) returns boolean language plpgsql stable as $$
begin
    return exists (select from Sessions s where s.SessionID = session and s.HandedOffAt is null and s.EndTime is null);
end
$$;

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

    select s.SessionID into open_id from Sessions s
    where s.ChannelID = channel and s.EndUserID = person and s.EndTime is null and s.SessionType = 'Conversa'
      and coalesce(s.LastMessageAt, s.StartTime) <= clock_timestamp() - idle
    for no key update;
    if open_id is not null then
        perform comuta_close_sessions(array[open_id], 'inatividade');
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

-- Gives the sessions of an end user to another one, who is the same person. Of two open conversations on one channel the
-- moved one is closed.
create or replace function comuta_move_sessions(client bigint, old_person bigint, new_person bigint) returns void
language plpgsql as $$
begin
    perform comuta_close_sessions(array(
        select s.SessionID from Sessions s
        where s.ClientID = client and s.EndUserID = old_person and s.EndTime is null and s.SessionType = 'Conversa'
          and exists (
              select from Sessions o
              where o.ChannelID = s.ChannelID and o.EndUserID = new_person and o.EndTime is null
                and o.SessionType = 'Conversa')), 'mesma pessoa');
    update Sessions s set EndUserID = new_person where s.ClientID = client and s.EndUserID = old_person;
end
$$;
