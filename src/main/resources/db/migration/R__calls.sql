-- Calls and their sessions.

-- Closes call sessions of this age whose calls have all ended for as long, or that never had a call. A call without an
-- end is open, so that a call without news keeps its session. Skips sessions that another transaction has locked, and
-- looks at the calls when it holds the session. Returns the number of closed sessions.
create or replace function comuta_close_calls(age interval, at_most integer) returns integer language plpgsql as $$
declare
    held bigint[];
begin
    held := comuta_lock_free_sessions(array(
        select o.session_id from comuta_open_calls(age) o where not comuta_call_continues(o.session_id, age)
        limit at_most));
    return cardinality(comuta_close_sessions(
        array(select h from unnest(held) h where not comuta_call_continues(h, age)), 'chamada encerrada'));
end
$$;

-- Whether a session has a call that is open or has ended within this time.
create or replace function comuta_call_continues(session bigint, age interval) returns boolean
language plpgsql stable as $$
begin
    return exists (
        select from Calls c
        where c.SessionID = session
          and (c.EndTime is null and c.CallStatus not in ('Completed', 'Busy', 'No Answer', 'Failed', 'Canceled')
               or c.EndTime > now() - age));
end
$$;

-- The call of a provider's id on a channel; null when there is none.
create or replace function comuta_call_of(channel bigint, provider_id text) returns bigint language sql stable as $$
    select c.CallID from Calls c where c.ChannelID = channel and c.ProviderCallID = provider_id
$$;

-- Stores an incoming call with its session and its event, or finds it: a provider may report a call several times, and
-- in any order. A call without a caller's number has no end user.
create or replace function comuta_ring(
    client bigint, channel bigint, provider_id text, caller_key text, caller_phone text, caller text, called text)
returns table (
    call_id bigint, session_id bigint, is_new boolean, trunk text, person_name text, broker bigint)
language plpgsql as $$
declare
    terms record;
    end_user bigint;
begin
    call_id := comuta_call_of(channel, provider_id);
    if call_id is null then
        perform pg_advisory_xact_lock(hashtextextended('chamada/' || channel || '/' || provider_id, 0));
        call_id := comuta_call_of(channel, provider_id);
    end if;
    is_new := call_id is null;
    if is_new then
        select * into terms from comuta_channel_terms(client, channel);
        if caller_key is not null then
            end_user := comuta_end_user(client, 'phone', caller_key, caller_phone, null, terms.broker);
        end if;
        trunk := terms.trunk;
        session_id := comuta_open_call_session(client, channel, end_user, terms.broker, terms.assistant);
        insert into Calls (SessionID, ClientID, ChannelID, CallDirection, SIPTrunkID, CallStatus, StartTime,
                           ProviderCallID, FromNumber, ToNumber)
        values (session_id, client, channel, 'Inbound', terms.trunk, 'Ringing', clock_timestamp(),
                provider_id, caller, called)
        returning Calls.CallID into call_id;
        perform comuta_record_event(
            client, session_id, 'ChamadaRecebida', jsonb_build_object('CallID', call_id::text));
    else
        select c.SessionID into session_id from Calls c where c.CallID = comuta_ring.call_id;
    end if;
    select p.end_user_id, p.broker into end_user, broker from comuta_session_people(client, session_id) p;
    person_name := comuta_end_user_name(client, end_user);
    return next;
end
$$;

-- Locks the session of a call, and then the call.
create or replace function comuta_lock_call(client bigint, call bigint) returns setof Calls language plpgsql as $$
begin
    perform comuta_lock_sessions(array(
        select c.SessionID from Calls c where c.ClientID = client and c.CallID = call));
    return query select * from Calls c where c.ClientID = client and c.CallID = call for no key update;
end
$$;

-- Closes the session of a call that has ended, unless another call of the session goes on. The caller has locked both.
create or replace function comuta_end_call_session(session bigint) returns void language plpgsql as $$
begin
    if not exists (
        select from Calls c
        where c.SessionID = session and c.EndTime is null
          and c.CallStatus not in ('Completed', 'Busy', 'No Answer', 'Failed', 'Canceled'))
    then
        perform comuta_close_sessions(array[session], 'chamada encerrada');
    end if;
end
$$;

-- The calls of which the provider is to be asked now. Each is due another time later, in case that the question fails.
create or replace function comuta_due_calls(again_after interval, at_most integer)
returns table (client_id bigint, session_id bigint, call_id bigint) language sql as $$
    update Calls c set CheckAt = clock_timestamp() + again_after
    where c.CallID in (
        select d.CallID from Calls d where d.CheckAt <= now() order by d.CheckAt limit at_most for no key update skip locked)
    returning c.ClientID, c.SessionID, c.CallID
$$;

-- Takes a place of a call, which the transaction has locked, for a process. Connections at other places of the call have
-- ended. Returns whether nobody took the place before.
create or replace function comuta_open_talk(client bigint, call bigint, at text, by_process uuid, lease interval)
returns boolean language plpgsql as $$
begin
    insert into CallTalks (ClientID, CallID, SessionID, Place, Holder, LeaseUntil)
    select c.ClientID, c.CallID, c.SessionID, at, by_process, clock_timestamp() + lease
    from Calls c where c.ClientID = client and c.CallID = call
    on conflict do nothing;
    if not found then
        return false;
    end if;
    update CallTalks t set EndedAt = clock_timestamp()
    where t.ClientID = client and t.CallID = call and t.Place <> at and t.EndedAt is null;
    return true;
end
$$;

-- The connections of a process, whose leases are renewed, with the texts that are to be spoken now, which are marked as
-- spoken. A connection without texts has one row.
create or replace function comuta_poll_talks(by_process uuid, lease interval)
returns table (client_id bigint, call_id bigint, waits boolean, over boolean, message_id bigint, content text)
language plpgsql as $$
declare
    held record;
begin
    update CallTalks t set LeaseUntil = clock_timestamp() + lease
    where t.Holder = by_process and t.EndedAt is null and t.LeaseUntil < clock_timestamp() + lease / 2;
    select array_agg(t.SessionID) as sessions, array_agg(t.Place) as places into held
    from CallTalks t where t.Holder = by_process and t.BegunAt is not null and t.EndedAt is null;
    return query
    with spoken as materialized (select * from comuta_speak(held.sessions, held.places))
    select t.ClientID, t.CallID, not comuta_assistant_kept(t.SessionID), not comuta_session_is_open(t.SessionID),
           s.message_id, s.content
    from CallTalks t left join spoken s on s.session_id = t.SessionID
    where t.Holder = by_process and t.EndedAt is null
    order by t.CallID, s.message_id;
end
$$;

-- Stores a call of the company with its session. Its script, and the task that dials, follow in the same transaction.
create or replace function comuta_call_out(
    client bigint, channel bigint, person bigint, requested_for bigint, caller text, called text, scheduled timestamptz)
returns table (call_id bigint, session_id bigint, person_name text, broker bigint) language plpgsql as $$
declare
    terms record;
begin
    select * into terms from comuta_channel_terms(client, channel);
    session_id := comuta_open_call_session(
        client, channel, person, coalesce(requested_for, terms.broker), terms.assistant);
    insert into Calls (SessionID, ClientID, ChannelID, CallDirection, SIPTrunkID, CallStatus, StartTime, FromNumber,
                       ToNumber, RequestedFor, ScheduledAt)
    values (session_id, client, channel, 'Outbound', terms.trunk, 'Initiated', clock_timestamp(), caller, called,
            requested_for, scheduled)
    returning Calls.CallID into call_id;
    select p.broker into broker from comuta_session_people(client, session_id) p;
    person_name := comuta_end_user_name(client, person);
    return next;
end
$$;

-- Whether an end user and somebody of the company have spoken after this time, or speak now: a call that somebody took, or
-- one of the company that the end user answered. With open calls, also those that ring.
create or replace function comuta_spoke_since(client bigint, person bigint, since timestamptz, with_open boolean)
returns boolean language plpgsql stable as $$
begin
    return exists (
        select from comuta_sessions_of_end_user(client, person) s
        join Calls c on c.SessionID = s.session_id
        where coalesce(c.EndTime, now()) > since
          and (c.AttendedAt is not null
               or c.ByAssistant and comuta_assistant_kept(c.SessionID)
               or c.CallDirection = 'Outbound' and c.Connected
                  and coalesce(c.AnsweredBy, 'pessoa') in ('pessoa', 'incerto')
               or with_open and c.EndTime is null and c.StartTime > since and c.CallStatus <> 'Initiated'));
end
$$;

-- Marks an ended incoming call as missed, and records its event, when nobody took it. Returns no row when it is not missed,
-- or was marked before. The transaction holds the caller until its end, so that two calls of one person are handled one
-- after the other. answered: whether the caller spoke with the company after the call, or is calling now.
create or replace function comuta_miss_call(client bigint, call bigint)
returns table (session_id bigint, channel_id bigint, end_user_id bigint, answered boolean) language plpgsql as $$
declare
    missed record;
begin
    perform comuta_lock_call(client, call);
    update Calls c set Missed = true
    where c.ClientID = client and c.CallID = call and c.CallDirection = 'Inbound' and not c.Missed
      and c.ErasedAt is null and c.EndTime is not null and c.AttendedAt is null and c.Script is not null
      and not (c.ByAssistant and comuta_assistant_kept(c.SessionID))
      and not coalesce((c.Script ->> 'refused')::boolean, false)
    returning c.SessionID, c.ChannelID, c.StartTime into missed;
    if not found then
        return;
    end if;
    perform comuta_record_event(
        client, missed.SessionID, 'ChamadaPerdida', jsonb_build_object('CallID', call::text));
    session_id := missed.SessionID;
    channel_id := missed.ChannelID;
    select p.end_user_id into end_user_id from comuta_session_people(client, session_id) p;
    if end_user_id is not null then
        perform pg_advisory_xact_lock(hashtextextended('retorno/' || client || '/' || end_user_id, 0));
    end if;
    answered := end_user_id is not null
        and comuta_spoke_since(client, end_user_id, missed.StartTime, true);
    return next;
end
$$;

grant create on schema public to comuta_platform;
set local role comuta_platform;

-- The telephones that were dialled for a client since a time: by calls of the company, by call plans and transfers; a
-- broker whom the end user has left (leg 'b') was dialled by the call itself. With only_open
-- those of calls that go on, without calls whose time has not come. Counts no further than at_most. It runs with the
-- platform's rights, because a broker sees only its own calls; the client must be the transaction's tenant.
create or replace function comuta_count_calls(client bigint, since timestamptz, only_open boolean, at_most bigint)
returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
    counted bigint;
begin
    if client is distinct from current_client() then
        raise exception 'client % is not the tenant of the transaction', client using errcode = 'insufficient_privilege';
    end if;
    select count(*) into counted from (
        select from Calls c
        where c.ClientID = client and c.CallDirection = 'Outbound' and c.StartTime >= since
          and (not only_open or c.EndTime is null and coalesce(c.ScheduledAt <= clock_timestamp(), true)
               and c.CallStatus not in ('Completed', 'Busy', 'No Answer', 'Failed', 'Canceled'))
        union all
        select from CallLegs l
        where l.ClientID = client and (l.ToNumber like '+%' or l.ToNumber like 'whatsapp:%') and l.Position <> 'b' and l.StartTime >= since
          and (not only_open or l.EndTime is null and exists (
              select from Calls c where c.ClientID = client and c.CallID = l.CallID and c.EndTime is null))
        union all
        select from CallTransfers t
        where t.ClientID = client and t.CreatedAt >= since and (not only_open or t.EndedAt is null)
          and not exists (select from CallLegs l where l.CallID = t.CallID and l.Position = 't-' || t.TransferID)
        limit at_most) dialed;
    return counted;
end
$$;
revoke execute on function comuta_count_calls from public;
grant execute on function comuta_count_calls to comuta_app;
reset role;
revoke create on schema public from comuta_platform;

-- What is known about the caller of a missed call: the broker and the name, whether a template was sent to the person
-- after this time, and whether the company spoke with or wrote to the person since the call.
create or replace function comuta_missed_caller(client bigint, call bigint, pause interval)
returns table (session_id bigint, channel_id bigint, end_user_id bigint, broker bigint, person_name text,
               was_notified boolean, answered boolean)
language plpgsql stable as $$
declare
    began timestamptz;
begin
    select c.SessionID, c.ChannelID, c.StartTime, p.end_user_id, p.broker
    into session_id, channel_id, began, end_user_id, broker
    from Calls c
    cross join lateral comuta_session_people(c.ClientID, c.SessionID) p
    where c.ClientID = client and c.CallID = call and c.Missed and p.end_user_id is not null;
    if not found then
        return;
    end if;
    person_name := comuta_end_user_name(client, end_user_id);
    was_notified := exists (
        select from comuta_sessions_of_end_user(client, end_user_id) s
        join Calls c on c.SessionID = s.session_id
        where c.FollowUpAt > now() - pause and c.FollowUpMessageID is not null);
    answered := comuta_spoke_since(client, end_user_id, began, false)
        or comuta_person_wrote(client, end_user_id, began, array(
            select c.FollowUpMessageID from comuta_sessions_of_end_user(client, end_user_id) s
            join Calls c on c.SessionID = s.session_id
            where c.FollowUpMessageID is not null));
    return next;
end
$$;
