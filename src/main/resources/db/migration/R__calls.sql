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
