-- Privileges and row-level security of every table, in one list.
--
--   own_rows   the rows of a tenant's table that a broker sees: a transaction on behalf of a broker sees only these,
--              whatever its statement asks for. For all other callers current_own_user() is null.
--
-- Row-level security also holds for the owner of the tables: only a transaction with a tenant, or with the platform's
-- role, sees rows. (PostgreSQL's own checks of foreign keys are not subject to it.)
do $$
declare
    change constant text := 'select, insert, update, delete';
    no_ones constant text := 'current_own_user() is null';
    of_user constant text := no_ones || ' or UserID = current_own_user()';
    of_session constant text := no_ones || ' or exists (select from Sessions s where s.SessionID = %1$s.SessionID)';
    of_end_user constant text := 'exists (select from ClientEndUsers u where u.EndUserID = %1$s.EndUserID)';
    item record;
begin
    -- tables of tenants
    for item in
        select * from (values
            -- table, tenant of a row, privileges of comuta_app, privileges of comuta_platform, own_rows
            ('Clients', 'ClientID', change, change, null),
            ('RetentionPolicies', 'ClientID', 'select, insert, update', 'select, insert, update', null),
            ('ClientUsage', 'ClientID', change, change, null),
            ('UsageLedger', 'ClientID', 'select', change, no_ones),
            ('UsageEntries', 'ClientID', 'select, insert', change, no_ones),
            ('ClientUsers', 'ClientID', change, change, of_user),
            ('ClientEndUsers', 'ClientID', change, change, of_user),
            ('EndUserCounts', 'ClientID', 'select', change, null),
            ('EndUserIdentities', 'ClientID', change, change, no_ones || ' or ' || of_end_user),
            ('Consents', 'ClientID', 'select, insert', 'select, insert', of_end_user),
            ('Erasures', 'ClientID', 'select, insert, update', 'select, insert, update', null),
            ('ApiKeys', 'ClientID', change, change, no_ones),
            ('SignInLinks', 'ClientID', change, change, no_ones),
            ('ClientAssistants', 'ClientID', change, change, null),
            ('AssistantTools', 'ClientID', change, change, no_ones),
            ('CommunicationChannels', 'ClientID', change, change, null),
            ('Sessions', 'ClientID', change, change, of_user),
            ('Messages', 'ClientID', change, change, of_session),
            ('Calls', 'ClientID', change, change, of_session),
            ('BackgroundTasks', 'ClientID', change, change, of_session),
            ('Events', 'ClientID', change, change, of_session),
            ('Alerts', 'ClientID', change, change, no_ones),
            ('IdempotencyKeys', 'ClientID', change, change, null),
            ('AuditEntries', 'ClientID', 'select, insert', 'select, insert, delete', null),
            ('AuditChains', 'ChainID', 'select', 'select, insert, update', null)
        ) as t(name, tenant, app, platform, own_rows)
    loop
        execute format('alter table %1$s enable row level security, force row level security', item.name);
        execute format(
            'create policy tenant on %1$s to comuta_app using (%2$s = current_client()) '
            'with check (%2$s = current_client())', item.name, item.tenant);
        execute format('grant %2$s on %1$s to comuta_app', item.name, item.app);
        execute format('grant %2$s on %1$s to comuta_platform', item.name, item.platform);
        if item.own_rows is not null then
            execute format(
                'create policy own_rows on %1$s as restrictive to comuta_app using (' || item.own_rows || ')', item.name);
        end if;
    end loop;

    -- tables of the platform
    for item in
        select * from (values
            -- table, privileges of comuta_app, privileges of comuta_platform
            ('Assistants', 'select', change),
            ('InboundDeliveries', null, change),
            ('ParkedItems', null, change),
            ('SecretChecks', null, 'select, insert'),
            ('TaskTypes', 'select, insert, update', 'select, insert, update')
        ) as t(name, app, platform)
    loop
        if item.app is not null then
            execute format('grant %2$s on %1$s to comuta_app', item.name, item.app);
        end if;
        execute format('grant %2$s on %1$s to comuta_platform', item.name, item.platform);
    end loop;
end
$$;

-- No role of the server needs temporary tables, which would hide tables of the same name from unqualified statements.
do $$
begin
    execute format('revoke temporary on database %I from public', current_database());
end
$$;
