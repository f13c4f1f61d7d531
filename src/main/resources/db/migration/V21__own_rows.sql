-- The rows of a broker. A transaction on behalf of one names the user; then only what is the user's own is there, whatever
-- the statement asks for. Where no user is named (keys of a client, workers, webhooks) the first comparison decides.
create function current_own_user() returns bigint language sql stable parallel safe as $$
    select nullif(current_setting('comuta.user', true), '')::bigint
$$;

do $$
declare
    named text;
begin
    foreach named in array array['ClientUsers', 'ClientEndUsers', 'Sessions'] loop
        execute format(
            'create policy own_rows on %s as restrictive to comuta_app '
            'using (current_own_user() is null or UserID = current_own_user())', named);
    end loop;

    -- what belongs to a session is there when the session is
    foreach named in array array['Messages', 'Calls', 'BackgroundTasks', 'Events'] loop
        execute format(
            'create policy own_rows on %1$s as restrictive to comuta_app '
            'using (current_own_user() is null or exists (select from Sessions s where s.SessionID = %1$s.SessionID))',
            named);
    end loop;

    create policy own_rows on EndUserIdentities as restrictive to comuta_app
        using (current_own_user() is null
               or exists (select from ClientEndUsers u where u.EndUserID = EndUserIdentities.EndUserID));

    -- nothing of these is anybody's own
    foreach named in array array['ApiKeys', 'Alerts', 'AssistantTools'] loop
        execute format(
            'create policy own_rows on %s as restrictive to comuta_app using (current_own_user() is null)', named);
    end loop;
end
$$;

create index Sessions_by_user on Sessions (ClientID, UserID, SessionID) where UserID is not null;
