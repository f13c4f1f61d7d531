-- Events that other rooms' functions record.

-- Records events of one type, many in one statement, in the given order: one place per event in each array.
create or replace function comuta_record_events(clients bigint[], sessions bigint[], event_type text, event_data jsonb[])
returns void language plpgsql as $$
begin
    insert into Events (ClientID, SessionID, EventType, EventData, Timestamp)
    select n.client, n.session, comuta_record_events.event_type, n.data, clock_timestamp()
    from unnest(clients, sessions, event_data) with ordinality as n(client, session, data, place)
    order by n.place;
end
$$;
