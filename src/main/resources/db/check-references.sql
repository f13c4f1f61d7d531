-- Finds rows that break a rule which triggers hold: foreign keys, the sessions of ADR 15, and others. No row: all hold.
-- Triggers do not run for session_replication_role = replica, logical replication and pg_restore --disable-triggers.
-- It reads every table that has such a rule, in one snapshot, and changes nothing:
--
--   psql -d comuta -U comuta_owner -c 'set role comuta_platform' -f check-references.sql

with rules as (
    -- every foreign key of the schema
    select f.conname::text as rule, format(
        'select count(*) as n from %s child where %s and not exists (select from %s parent where %s)',
        f.conrelid::regclass, string_agg(format('child.%I is not null', child.attname), ' and '),
        f.confrelid::regclass, string_agg(format('parent.%I = child.%I', parent.attname, child.attname), ' and ')) as query
    from pg_constraint f
    cross join lateral unnest(f.conkey, f.confkey) as place(child_no, parent_no)
    join pg_attribute child on child.attrelid = f.conrelid and child.attnum = place.child_no
    join pg_attribute parent on parent.attrelid = f.confrelid and parent.attnum = place.parent_no
    where f.contype = 'f' and f.connamespace = 'public'::regnamespace
    group by f.oid
    union all
    select * from (values
        ('messages_session', 'select count(*) as n from Messages w where not exists (
            select from Sessions s where s.SessionID = w.SessionID and s.ClientID = w.ClientID)'),
        ('backgroundtasks_session', 'select count(*) as n from BackgroundTasks w where case when w.SessionID is null
            then w.ClientID is not null and not exists (select from Clients c where c.ClientID = w.ClientID)
            else not exists (select from Sessions s where s.SessionID = w.SessionID and s.ClientID = w.ClientID) end'),
        ('events_session', 'select count(*) as n from Events w where case when w.SessionID is null
            then w.ClientID is not null and not exists (select from Clients c where c.ClientID = w.ClientID)
            else not exists (select from Sessions s where s.SessionID = w.SessionID and s.ClientID = w.ClientID) end'),
        -- sessions that began after their end user was erased
        ('sessions_person_present', 'select count(*) as n from Sessions s
            join ClientEndUsers u on u.ClientID = s.ClientID and u.EndUserID = s.EndUserID
            where s.StartTime > u.ErasedAt'),
        -- changes that are not part of their audit chain
        ('auditentries_append', 'select count(*) as n from AuditEntries where Chained and Sequence is null'),
        -- counts of end users of which some were deleted; deleting the row of EndUserCounts mends it
        ('clientendusers_counted', 'select count(*) as n from EndUserCounts c where c.Counted <> (
            select count(*) from ClientEndUsers u where u.ClientID = c.ClientID and u.EndUserID <= c.CountedTo)')
    ) as triggers(rule, query)
), counted as (
    select rule, (xpath('/row/n/text()', query_to_xml(query, false, true, '')))[1]::text::bigint as rows from rules
)
select rule, rows from counted where rows > 0 order by rule;
