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

-- What is written about a session names it and its client. PostgreSQL looks at each row of a foreign key by itself, which
-- was a quarter of receiving a group of messages; here a statement's rows are looked at together. It is stricter too: a
-- foreign key lets a row pass that names a session and no client. (docs/adr/0015)
--
-- Runs with its owner's rights: what exists does not depend on who is asking.
create function comuta_session_exists() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    stray record;
begin
    select w.SessionID, w.ClientID into stray from written w
    where case when w.SessionID is null
          then w.ClientID is not null and not exists (select from Clients c where c.ClientID = w.ClientID)
          else (w.ClientID = (select s.ClientID from Sessions s where s.SessionID = w.SessionID)) is not true end
    limit 1;
    if found then
        raise exception '% names session % of client %, which does not exist', tg_table_name,
            coalesce(stray.SessionID::text, '(none)'), coalesce(stray.ClientID::text, '(none)')
            using errcode = 'foreign_key_violation';
    end if;
    return null;
end
$$;

create function comuta_stays() returns trigger language plpgsql as $$
begin
    raise exception 'a row of % keeps its session and its client', tg_table_name using errcode = 'restrict_violation';
end
$$;

do $$
declare
    named text;
begin
    foreach named in array array['Messages', 'BackgroundTasks', 'Events'] loop
        execute format(
            'create trigger %1$s_session after insert on %1$s referencing new table as written '
            'for each statement execute function comuta_session_exists()', named);
        execute format(
            'create trigger %1$s_stay before update of SessionID, ClientID on %1$s for each row '
            'when ((old.SessionID, old.ClientID) is distinct from (new.SessionID, new.ClientID)) '
            'execute function comuta_stays()', named);
    end loop;
end
$$;
create trigger Sessions_stay before update of SessionID, ClientID on Sessions for each row
    when ((old.SessionID, old.ClientID) is distinct from (new.SessionID, new.ClientID)) execute function comuta_stays();
create trigger Sessions_kept before delete on Sessions for each row execute function comuta_stays();

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
