-- Run once per PostgreSQL cluster by a superuser; may be run again.
--   comuta_owner     login: owns the schema and migrates it
--   comuta_app       login for work in one tenant: owns nothing, is a member of no other role
--   comuta_cross     login for work that crosses tenants: may do nothing but take the role of a reason
--   comuta_reason_…  one for each reason to cross tenants (PlatformReason): the tables of this reason, rows of all tenants
--   comuta_audit     appends to the chains of the audit, and is used by this function only
--   comuta_platform  all tables, rows of all tenants: for scripts of the owner, and for functions that check the tenant
-- V13__isolation.sql lists the privileges. Passwords are set outside: alter role comuta_app password '…'.
do $$
declare
    reasons constant text[] := array[
        'routing', 'authentication', 'dispatch', 'claim', 'platform_task', 'sweep', 'stream', 'talk',
        'retention', 'key_rotation', 'platform_api', 'audit'];
    name text;
begin
    foreach name in array array['comuta_owner', 'comuta_app', 'comuta_cross'] loop
        if not exists (select from pg_roles where rolname = name) then
            execute format('create role %I login nosuperuser nobypassrls', name);
        end if;
    end loop;
    alter role comuta_app noinherit;
    alter role comuta_cross noinherit;

    foreach name in array array['comuta_platform', 'comuta_audit'] || array(
        select 'comuta_reason_' || reason from unnest(reasons) reason)
    loop
        if not exists (select from pg_roles where rolname = name) then
            execute format('create role %I nologin nosuperuser nobypassrls', name);
        end if;
    end loop;

    -- of an installation with one login
    if exists (select from pg_roles where rolname = 'comuta_platform' and rolbypassrls) then
        alter role comuta_platform nobypassrls;
    end if;
    revoke comuta_platform from comuta_app, comuta_owner;

    foreach name in array reasons loop
        execute format('grant %I to comuta_cross', 'comuta_reason_' || name);
    end loop;
    foreach name in array array['comuta_platform', 'comuta_audit'] loop
        -- without set role the owner sees no rows; PostgreSQL 15 has no such option
        execute format('grant %I to comuta_owner', name)
            || case when current_setting('server_version_num')::integer >= 160000 then ' with inherit false' else '' end;
    end loop;
end
$$;
