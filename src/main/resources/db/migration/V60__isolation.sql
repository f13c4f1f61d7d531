-- Row-level security holds for the owner of the tables as well: whoever wants to see rows takes on a tenant, or the
-- platform's role. (PostgreSQL's own checks of foreign keys are not subject to it.)
do $$
declare
    tenant_table regclass;
begin
    for tenant_table in
        select c.oid from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity
    loop
        execute format('alter table %s force row level security', tenant_table);
    end loop;
end
$$;

-- What runs with its owner's rights runs with the platform's: the owner of the tables sees no rows any more.
grant create on schema public to comuta_platform;
alter function comuta_replay owner to comuta_platform;
alter function comuta_session_exists owner to comuta_platform;
revoke create on schema public from comuta_platform;

-- Columns that hold sealed texts: a change of keys finds them by this comment.
comment on column CommunicationChannels.WebhookSecret is 'sealed';
comment on column CommunicationChannels.PreviousWebhookSecret is 'sealed';
comment on column CommunicationChannels.Credentials is 'sealed';
comment on column AssistantTools.Credentials is 'sealed';
comment on column ClientAssistants.Credentials is 'sealed';
comment on column IdempotencyKeys.Answer is 'sealed';
