-- Events that the statements of other rooms record.

-- Records an event inside a statement that must stay one.
create or replace function comuta_record_event(client bigint, session bigint, event_type text, event_data jsonb)
returns void language plpgsql as $$
begin
    insert into Events (ClientID, SessionID, EventType, EventData, Timestamp)
    values (client, session, comuta_record_event.event_type, comuta_record_event.event_data, clock_timestamp());
end
$$;
