-- The data that retention removes next.

-- Sessions, of all clients, that ended more days ago than their client keeps content.
create or replace function comuta_expired_content(default_days integer, at_most integer) returns setof bigint
language sql stable as $$
    select due.SessionID from Clients c
    left join RetentionPolicies p on p.ClientID = c.ClientID
    cross join lateral (
        select s.SessionID from Sessions s
        where s.ClientID = c.ClientID and s.EndTime is not null and s.ContentRemovedAt is null
          and s.EndTime < clock_timestamp() - make_interval(days => coalesce(p.ContentDays, default_days))
        order by s.EndTime limit at_most) due
    limit at_most
$$;

-- Sessions, of all clients, that ended more days ago than their client keeps media.
create or replace function comuta_expired_media(default_days integer, at_most integer) returns setof bigint
language sql stable as $$
    select due.SessionID from Clients c
    left join RetentionPolicies p on p.ClientID = c.ClientID
    cross join lateral (
        select s.SessionID from Sessions s
        where s.ClientID = c.ClientID and s.EndTime is not null and s.MediaRemovedAt is null
          and s.EndTime < clock_timestamp() - make_interval(days => coalesce(p.MediaDays, default_days))
        order by s.EndTime limit at_most) due
    limit at_most
$$;

-- Events, of all clients, that are older than their client keeps events.
create or replace function comuta_expired_events(default_days integer, at_most integer) returns setof bigint
language sql stable as $$
    select due.EventID from Clients c
    left join RetentionPolicies p on p.ClientID = c.ClientID
    cross join lateral (
        select oldest.EventID from (
            select e.EventID, e.Timestamp from Events e where e.ClientID = c.ClientID order by e.Tx, e.EventID limit at_most) oldest
        where oldest.Timestamp < clock_timestamp() - make_interval(days => coalesce(p.EventDays, default_days))) due
    where (select first.Timestamp from Events first where first.ClientID = c.ClientID order by first.Tx, first.EventID limit 1)
          < clock_timestamp() - make_interval(days => coalesce(p.EventDays, default_days))
    limit at_most
$$;
