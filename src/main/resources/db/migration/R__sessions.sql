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

-- Gives an open session to an internal user, for example to the one who took its call. The caller has locked it.
create or replace function comuta_assign_session(client bigint, session bigint, owner bigint) returns void
language sql as $$
    update Sessions s set UserID = owner
    where s.ClientID = client and s.SessionID = session and s.EndTime is null and s.UserID is distinct from owner
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

-- Whether a session is that of a call, in which messages are spoken.
create or replace function comuta_session_is_call(session bigint) returns boolean language plpgsql stable as $$
begin
    return exists (select from Sessions s where s.SessionID = session and s.SessionType = 'Chamada');
end
$$;

-- Whether a session goes on.
create or replace function comuta_session_is_open(session bigint) returns boolean language plpgsql stable as $$
begin
    return exists (select from Sessions s where s.SessionID = session and s.EndTime is null);
end
$$;

-- Whether no person was asked to answer in a session, and nobody took it over.
create or replace function comuta_assistant_kept(session bigint) returns boolean language plpgsql stable as $$
begin
    return exists (select from Sessions s where s.SessionID = session and s.HandedOffAt is null);
end
$$;

-- Whether the next message belongs to this open conversation: it was not idle for too long and is not too old.
create or replace function comuta_session_continues(
    start_time timestamptz, last_message timestamptz, idle interval, longest interval)
returns boolean language sql as $$
    select coalesce(last_message, start_time) > clock_timestamp() - idle and start_time > clock_timestamp() - longest
$$;

-- The open conversation of an end user on a channel, locked by this transaction. It is reused unless it was idle for too
-- long or is too old. A new one belongs to the end user's own broker if that broker is 'Ativo', and otherwise to the
-- channel's. People who answer in a session that has become too old answer in the new one too. A new session has the window
-- of the end user's latest one on the channel.
create or replace function comuta_open_session(
    client bigint, channel bigint, person bigint, broker bigint, assistant bigint, idle interval, longest interval)
returns bigint language plpgsql as $$
declare
    open_id bigint;
    is_new boolean;
    previous record;
begin
    update Sessions s set LastMessageAt = clock_timestamp()
    where s.ChannelID = channel and s.EndUserID = person and s.EndTime is null and s.SessionType = 'Conversa'
      and comuta_session_continues(s.StartTime, s.LastMessageAt, idle, longest)
    returning s.SessionID into open_id;
    if open_id is not null then
        return open_id;
    end if;

    select s.SessionID, s.HandedOffAt, s.PersonActedAt,
           coalesce(s.LastMessageAt, s.StartTime) <= clock_timestamp() - idle as was_idle into previous
    from Sessions s
    where s.ChannelID = channel and s.EndUserID = person and s.EndTime is null and s.SessionType = 'Conversa'
      and not comuta_session_continues(s.StartTime, s.LastMessageAt, idle, longest)
    for no key update;
    if found then
        perform comuta_close_sessions(
            array[previous.SessionID], case when previous.was_idle then 'inatividade' else 'duração' end);
    end if;

    insert into Sessions (ClientID, ChannelID, UserID, EndUserID, AssistantID, StartTime, SessionType, LastMessageAt,
                          HandedOffAt, PersonActedAt, WindowEndsAt)
    select client, channel, coalesce(b.UserID, broker), person, assistant, clock_timestamp(), 'Conversa',
           clock_timestamp(),
           case when not previous.was_idle then previous.HandedOffAt end,
           case when not previous.was_idle then previous.PersonActedAt end, (
               select o.WindowEndsAt from Sessions o
               where o.ClientID = client and o.EndUserID = person and o.ChannelID = channel
               order by o.SessionID desc limit 1)
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

-- Directs a conversation that the company begins to the phone number that it named, when its messages would else go to
-- another number of the same end user, whose window is not that of this number. False, and nothing is changed, when the
-- conversation has messages with the other number. The caller has locked the session.
create or replace function comuta_direct_session(client bigint, session bigint, phone text) returns boolean
language plpgsql as $$
declare
    address text;
    in_use boolean;
begin
    select coalesce(s.ReplyTo, (
               select o.ReplyTo from Sessions o
               where o.ClientID = s.ClientID and o.EndUserID = s.EndUserID and o.ChannelID = s.ChannelID
                 and o.ReplyTo is not null
               order by o.SessionID desc limit 1), u.PhoneNumber),
           s.ReplyTo is not null or exists (select from Messages m where m.SessionID = s.SessionID)
    into address, in_use
    from Sessions s join ClientEndUsers u on u.EndUserID = s.EndUserID
    where s.SessionID = session and s.ClientID = client;
    -- a provider's own id of the person has no number
    if address not like '+%' or comuta_number_key(address) = comuta_number_key(phone) then
        return true;
    end if;
    if in_use then
        return false;
    end if;
    update Sessions s set ReplyTo = phone, WindowEndsAt = null where s.SessionID = session and s.ClientID = client;
    return true;
end
$$;

-- Open call sessions that are at least this old.
create or replace function comuta_open_calls(age interval) returns table (session_id bigint) language sql stable as $$
    select s.SessionID from Sessions s
    where s.EndTime is null and s.SessionType = 'Chamada' and s.StartTime <= now() - age
$$;

-- Open sessions that are older than the retention of one kind of data, 'content' or 'media', and the time before which
-- these data have expired. No period is shorter than a day.
create or replace function comuta_open_expired(kind text, default_days integer)
returns table (session_id bigint, horizon timestamptz) language sql stable as $$
    select s.SessionID, now() - make_interval(days => kept.days)
    from Sessions s
    join comuta_retention_days(kind, default_days) kept on kept.client_id = s.ClientID
    where s.EndTime is null and s.StartTime < now() - interval '1 day'
      and s.StartTime < now() - make_interval(days => kept.days)
$$;

-- Forgets the addresses from which an end user wrote: replies go to the person's number.
create or replace function comuta_forget_addresses(client bigint, person bigint) returns void language sql as $$
    update Sessions s set ReplyTo = null where s.ClientID = client and s.EndUserID = person and s.ReplyTo is not null
$$;

-- Gives the sessions of an end user to another one, who is the same person. The caller has locked both end users, so that
-- no session of theirs is being opened; this locks their open sessions. Of two open conversations on one channel the one
-- whose last message is older is closed.
create or replace function comuta_move_sessions(client bigint, old_person bigint, new_person bigint) returns void
language plpgsql as $$
begin
    perform comuta_lock_sessions(array(
        select s.SessionID from Sessions s
        where s.ClientID = client and s.EndUserID in (old_person, new_person) and s.EndTime is null));
    perform comuta_close_sessions(array(
        select case when coalesce(s.LastMessageAt, s.StartTime) > coalesce(o.LastMessageAt, o.StartTime)
                    then o.SessionID else s.SessionID end
        from Sessions s
        join Sessions o on o.ChannelID = s.ChannelID and o.EndUserID = new_person and o.EndTime is null
            and o.SessionType = 'Conversa'
        where s.ClientID = client and s.EndUserID = old_person and s.EndTime is null
          and s.SessionType = 'Conversa'), 'mesma pessoa');
    update Sessions s set EndUserID = new_person where s.ClientID = client and s.EndUserID = old_person;
end
$$;

-- Opens the session of a call. It belongs to the end user's own broker if that broker is 'Ativo', and otherwise to the
-- channel's. Two calls at once are two sessions. A call from a withheld number has no end user.
create or replace function comuta_open_call_session(
    client bigint, channel bigint, person bigint, broker bigint, assistant bigint) returns bigint language plpgsql as $$
declare
    opened bigint;
begin
    insert into Sessions (ClientID, ChannelID, UserID, EndUserID, AssistantID, StartTime, SessionType)
    select client, channel, coalesce((
               select b.UserID from ClientEndUsers u
               join ClientUsers b on b.ClientID = client and b.UserID = u.UserID and b.Status = 'Ativo'
               where u.EndUserID = person), broker), person, assistant, clock_timestamp(), 'Chamada'
    returning SessionID into opened;
    insert into Events (ClientID, SessionID, EventType, EventData, Timestamp)
    values (client, opened, 'SessãoIniciada', jsonb_build_object('ChannelID', channel::text), clock_timestamp());
    return opened;
end
$$;

-- The end user and the broker of a session.
create or replace function comuta_session_people(client bigint, session bigint)
returns table (end_user_id bigint, broker bigint) language sql stable as $$
    select s.EndUserID, s.UserID from Sessions s where s.ClientID = client and s.SessionID = session
$$;

-- The sessions of an end user.
create or replace function comuta_sessions_of_end_user(client bigint, person bigint)
returns table (session_id bigint) language sql stable as $$
    select s.SessionID from Sessions s where s.ClientID = client and s.EndUserID = person
$$;
