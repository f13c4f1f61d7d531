-- Privileges and row-level security of every table, in one list.
--
--   own_rows   the rows of a tenant's table that a broker sees: a transaction on behalf of a broker sees only these,
--              whatever its statement asks for. For all other callers current_own_user() is null.
--
-- Row-level security also holds for the owner of the tables: only a transaction with a tenant, with the role of a reason
-- or with the platform's role sees rows. A role sees the rows of all tenants by a policy of its own name, in the tables
-- of its reason only. (PostgreSQL's own checks of foreign keys are not subject to row-level security.)
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
            ('KeptRevocations', 'ClientID', change, change, null),
            ('Erasures', 'ClientID', 'select, insert, update', 'select, insert, update', null),
            ('ApiKeys', 'ClientID', change, change, no_ones),
            ('SignInLinks', 'ClientID', change, change, no_ones),
            ('ClientAssistants', 'ClientID', change, change, null),
            ('AssistantTools', 'ClientID', change, change, no_ones),
            ('CommunicationChannels', 'ClientID', change, change, null),
            ('Templates', 'ClientID', change, change, null),
            ('Sessions', 'ClientID', change, change, of_user),
            ('Messages', 'ClientID', change, change, of_session),
            ('MediaObjects', 'ClientID', change, change, of_session || ' or UserID = current_own_user()'
                ' or exists (select from SentFiles f where f.MediaID = %1$s.MediaID)'),
            ('SentFiles', 'ClientID', 'select, insert, delete', change, of_session),
            ('UnusedObjects', 'ClientID', change, change, null),
            ('TranscriptionSettings', 'ClientID', 'select, insert, update', change, null),
            ('Transcripts', 'ClientID', 'select, insert, delete', change, of_session),
            ('MessageParts', 'ClientID', change, change, of_session),
            ('ChannelPaces', 'ClientID', 'select, insert, update', change, no_ones),
            ('PairPaces', 'ClientID', 'select, insert, update', change, no_ones),
            ('Calls', 'ClientID', change, change, of_session),
            ('CallLegs', 'ClientID', change, change, of_session),
            ('CallRecordings', 'ClientID', change, change, of_session),
            ('CallPlans', 'ClientID', 'select, insert, update', change, null),
            ('CallTransfers', 'ClientID', change, change, of_session),
            ('CallTalks', 'ClientID', change, change, of_session),
            ('CallRules', 'ClientID', 'select, insert, update', change, null),
            ('CallSummaries', 'ClientID', change, change, of_session),
            ('CallOutcomes', 'ClientID', 'select, insert, update', change, null),
            ('BackgroundTasks', 'ClientID', change, change, of_session),
            ('Events', 'ClientID', change, change, of_session),
            ('Alerts', 'ClientID', change, change, no_ones),
            ('IdempotencyKeys', 'ClientID', change, change, null),
            ('AuditEntries', 'ClientID', 'select, insert', 'select, insert, delete', null),
            ('AuditChains', 'ChainID', 'select', 'select', null),
            ('AuditCheckpoints', 'ChainID', 'select', 'select', null)
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
            -- table, whether comuta_app reads it, privileges of comuta_platform
            ('Assistants', true, change),
            ('InboundDeliveries', false, change),
            ('ParkedItems', false, change),
            ('SecretChecks', false, 'select, insert'),
            ('TaskTypes', true, 'select, insert, update')
        ) as t(name, catalogue, platform)
    loop
        execute format('alter table %1$s enable row level security, force row level security', item.name);
        if item.catalogue then
            execute format('create policy catalogue on %1$s for select to comuta_app using (true)', item.name);
            execute format('grant select on %1$s to comuta_app', item.name);
        end if;
        execute format('grant %2$s on %1$s to comuta_platform', item.name, item.platform);
    end loop;

    -- what each reason to cross tenants needs; comuta_cross takes these roles and has no other privilege
    for item in
        select 'comuta_reason_' || t.reason as role, t.name, t.privileges from (values
            -- reason, table, privileges
            ('routing', 'Clients', 'select'),
            ('routing', 'CommunicationChannels', 'select'),
            ('routing', 'Templates', 'select, update'),
            ('routing', 'InboundDeliveries', 'select, insert'),
            ('routing', 'ParkedItems', 'select, insert'),
            ('routing', 'ClientUsers', 'select'),
            ('routing', 'ClientEndUsers', 'select, insert, update'),
            ('routing', 'EndUserIdentities', change), -- delete: the old number of a person who has another one
            ('routing', 'Consents', 'select, insert'),
            ('routing', 'KeptRevocations', 'select, delete'),
            ('routing', 'Sessions', 'select, insert, update'),
            ('routing', 'Messages', 'select, insert, update'),
            ('routing', 'MediaObjects', 'insert'),
            ('routing', 'MessageParts', 'select, update'),
            ('routing', 'BackgroundTasks', 'select, insert'),
            ('routing', 'Events', 'insert'),
            ('routing', 'Alerts', 'select, insert, update'),
            ('authentication', 'ApiKeys', 'select, insert, update'),
            ('authentication', 'Clients', 'select'),
            ('authentication', 'ClientUsers', 'select, update (Version)'), -- to lock rows
            ('authentication', 'SignInLinks', 'select, insert, update'),
            ('authentication', 'SecretChecks', 'select, insert'),
            ('authentication', 'BackgroundTasks', 'select, insert'),
            ('authentication', 'AuditEntries', 'insert'),
            ('dispatch', 'BackgroundTasks', 'select'),
            ('claim', 'BackgroundTasks', 'select, update'),
            ('claim', 'TaskTypes', 'select'),
            ('claim', 'Clients', 'select'),
            ('platform_task', 'BackgroundTasks', 'select, insert, update'),
            -- the jobs that close and release sessions
            ('platform_task', 'Sessions', 'select, update (EndTime, HandedOffAt, AnswerRounds, AnswerTokens, AnswerCost)'),
            ('platform_task', 'Messages', 'select, update (TurnTaskID)'),
            ('platform_task', 'Calls', 'select, update (CheckAt, Checks)'),
            ('platform_task', 'Events', 'insert'),
            ('platform_task', 'Alerts', 'select, insert, update'),
            ('platform_task', 'CommunicationChannels',
                'select, update (WebhookSecret, PreviousWebhookSecret, Credentials)'),
            ('platform_task', 'ClientAssistants', 'select, update (Credentials)'),
            ('platform_task', 'AssistantTools', 'select, update (Credentials)'),
            ('platform_task', 'MediaObjects', 'select, update (DataKey)'),
            ('platform_task', 'TranscriptionSettings', 'select, update (Credentials)'),
            ('platform_task', 'IdempotencyKeys', 'select, update (Answer)'),
            ('sweep', 'BackgroundTasks', 'select, update'),
            ('sweep', 'TaskTypes', 'select, insert, update'),
            ('stream', 'Events', 'select'),
            ('stream', 'MediaObjects', 'select'),
            ('stream', 'Clients', 'select'),
            -- the assistants of the calls whose connections a process holds
            ('talk', 'CallTalks', 'select, update'),
            ('talk', 'Sessions', 'select'),
            ('talk', 'Messages', 'select, update (Status, SpokenPlace)'),
            ('talk', 'Events', 'insert'),
            ('retention', 'Clients', 'select'),
            ('retention', 'RetentionPolicies', 'select'),
            ('retention', 'Sessions', 'select, delete, update (ContentRemovedAt, MediaRemovedAt)'),
            ('retention', 'Messages', 'select, delete, update (ContentData, Payload)'),
            ('retention', 'MediaObjects', 'select, delete'),
            ('retention', 'SentFiles', 'select, delete'),
            ('retention', 'Transcripts', 'select, delete'),
            ('retention', 'UnusedObjects', 'select, update, delete'),
            ('retention', 'BackgroundTasks', 'select, delete'),
            ('retention', 'Events', 'select, delete'),
            ('retention', 'Calls', 'select, delete'),
            ('retention', 'CallRecordings', 'select, update'),
            ('retention', 'Alerts', 'select, delete'),
            ('retention', 'ApiKeys', 'select, delete'),
            ('retention', 'AuditEntries', 'select, delete'),
            ('retention', 'InboundDeliveries', 'select, delete'),
            ('retention', 'ParkedItems', 'select, delete'),
            ('retention', 'MessageParts', 'select, delete'),
            ('retention', 'ChannelPaces', 'select, delete'),
            ('retention', 'PairPaces', 'select, delete'),
            ('retention', 'ClientUsage', 'select, delete'),
            ('retention', 'SignInLinks', 'select, delete'),
            ('retention', 'IdempotencyKeys', 'select, delete'),
            ('key_rotation', 'CommunicationChannels', 'select'),
            ('key_rotation', 'ClientAssistants', 'select'),
            ('key_rotation', 'AssistantTools', 'select'),
            ('key_rotation', 'MediaObjects', 'select'),
            ('key_rotation', 'TranscriptionSettings', 'select'),
            ('key_rotation', 'IdempotencyKeys', 'select, insert, update'),
            ('key_rotation', 'BackgroundTasks', 'select, insert'),
            ('key_rotation', 'AuditEntries', 'insert'),
            ('platform_api', 'Clients', 'select, insert'),
            ('platform_api', 'Assistants', change),
            ('platform_api', 'ApiKeys', 'select, insert, update'),
            ('platform_api', 'Alerts', 'select, update'),
            ('platform_api', 'ParkedItems', 'select, delete, update (TriedAt, Note)'),
            ('platform_api', 'AuditEntries', 'select, insert'),
            ('platform_api', 'AuditChains', 'select'),
            ('platform_api', 'AuditCheckpoints', 'select'),
            ('platform_api', 'IdempotencyKeys', 'select, insert, update'),
            ('audit', 'AuditEntries', 'select'),
            ('audit', 'AuditChains', 'select'),
            ('audit', 'AuditCheckpoints', 'select, insert')
        ) as t(reason, name, privileges)
    loop
        execute format('grant usage on schema public to %1$I', item.role);
        execute format('grant %2$s on %1$s to %3$I', item.name, item.privileges, item.role);
        execute format('create policy %2$I on %1$s to %2$I using (true)', item.name, item.role);
    end loop;

    -- for comuta_audit_append
    grant select, insert, update on AuditChains to comuta_audit;
    create policy comuta_audit on AuditChains to comuta_audit using (true);

    for item in
        select c.oid::regclass::text as name from pg_class c
        where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and c.relrowsecurity
    loop
        execute format('create policy comuta_platform on %1$s to comuta_platform using (true)', item.name);
    end loop;
end
$$;

-- No role of the server needs temporary tables, which would hide tables of the same name from unqualified statements.
do $$
begin
    execute format('revoke temporary on database %I from public', current_database());
end
$$;
