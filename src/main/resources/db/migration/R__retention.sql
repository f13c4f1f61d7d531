-- How long the data of each client are kept.

-- The days of all clients for one kind of data: 'content', 'media' or 'events'.
create or replace function comuta_retention_days(kind text, default_days integer)
returns table (client_id bigint, days integer) language sql stable as $$
    select c.ClientID, coalesce(
        case kind when 'content' then p.ContentDays when 'media' then p.MediaDays when 'events' then p.EventDays end,
        default_days)
    from Clients c left join RetentionPolicies p on p.ClientID = c.ClientID
$$;
