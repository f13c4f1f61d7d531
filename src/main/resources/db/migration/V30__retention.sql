-- How long a client keeps what was said, its media, and what happened, in days; null is the configured default.
create table RetentionPolicies (
    ClientID bigint primary key references Clients,
    ContentDays integer check (ContentDays between 1 and 3650),
    MediaDays integer check (MediaDays between 1 and 3650),
    EventDays integer check (EventDays between 1 and 3650),
    Version integer not null default 0,
    UpdatedAt timestamptz
);
alter table RetentionPolicies enable row level security;
create policy tenant on RetentionPolicies to comuta_app using (ClientID = current_client())
    with check (ClientID = current_client());
grant select, insert, update on RetentionPolicies to comuta_app, comuta_platform;

-- The time counts from the end of the session, whose row says what has been removed: no message is looked at twice, and
-- nothing is added to the indexes that every message pays for.
alter table Sessions
    add column ContentRemovedAt timestamptz,
    add column MediaRemovedAt timestamptz;
create index Sessions_with_content on Sessions (ClientID, EndTime) where EndTime is not null and ContentRemovedAt is null;
create index Sessions_with_media on Sessions (ClientID, EndTime) where EndTime is not null and MediaRemovedAt is null;

-- Sessions, of all clients, that ended more days ago than their client keeps what one of the columns says.
create function comuta_expired_content(default_days integer, at_most integer) returns setof bigint
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

create function comuta_expired_media(default_days integer, at_most integer) returns setof bigint
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

-- Events, of all clients, that are older than their client keeps them.
create function comuta_expired_events(default_days integer, at_most integer) returns setof bigint
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
