-- ClientID and SessionType where a statement leaves them out: the design document's own SQL does.
create function client_of_session() returns trigger language plpgsql as $$
begin
    select s.ClientID into new.ClientID from Sessions s where s.SessionID = new.SessionID;
    return new;
end
$$;

create trigger Messages_client before insert on Messages
    for each row when (new.ClientID is null) execute function client_of_session();
create trigger Calls_client before insert on Calls
    for each row when (new.ClientID is null) execute function client_of_session();
create trigger BackgroundTasks_client before insert on BackgroundTasks
    for each row when (new.ClientID is null and new.SessionID is not null) execute function client_of_session();
create trigger Events_client before insert on Events
    for each row when (new.ClientID is null and new.SessionID is not null) execute function client_of_session();

create function type_of_session() returns trigger language plpgsql as $$
begin
    select case when c.ChannelType = 'VoiceCall' then 'Chamada' else 'Conversa' end into new.SessionType
    from CommunicationChannels c where c.ChannelID = new.ChannelID;
    return new;
end
$$;

create trigger Sessions_type before insert on Sessions
    for each row when (new.SessionType is null) execute function type_of_session();

-- The tenant of the transaction. After a transaction-local setting ended, current_setting answers '' and not null.
create function current_client() returns bigint language sql stable parallel safe as $$
    select nullif(current_setting('comuta.client', true), '')::bigint
$$;

grant usage on schema public to comuta_app, comuta_platform;
grant select, insert, update, delete on all tables in schema public to comuta_platform;

do $$
declare
    tenant_table text;
begin
    foreach tenant_table in array array[
        'Clients', 'ApiKeys', 'ClientUsers', 'ClientEndUsers', 'EndUserIdentities', 'ClientAssistants',
        'AssistantTools', 'CommunicationChannels', 'Sessions', 'Messages', 'Calls', 'BackgroundTasks', 'Events',
        'Alerts']
    loop
        execute format('alter table %s enable row level security', tenant_table);
        execute format(
            'create policy tenant on %s to comuta_app using (ClientID = current_client()) '
            'with check (ClientID = current_client())', tenant_table);
        execute format('grant select, insert, update, delete on %s to comuta_app', tenant_table);
    end loop;
end
$$;

-- The catalogue of assistants belongs to the platform; every tenant may read it.
grant select on Assistants to comuta_app;
