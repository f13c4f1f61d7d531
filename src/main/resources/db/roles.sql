-- Run once per PostgreSQL cluster by a superuser; may be run again.
--   comuta_owner     owns the schema and migrates it
--   comuta_app       what the server connects as: owns nothing, row-level security applies
--   comuta_platform  what the server becomes, for one transaction and one named reason, to cross tenants
-- Passwords are set outside: alter role comuta_app password '…'.
do $$
begin
    if not exists (select from pg_roles where rolname = 'comuta_owner') then
        create role comuta_owner login nosuperuser nobypassrls;
    end if;
    if not exists (select from pg_roles where rolname = 'comuta_platform') then
        create role comuta_platform nologin nosuperuser bypassrls;
    end if;
    if not exists (select from pg_roles where rolname = 'comuta_app') then
        create role comuta_app login noinherit nosuperuser nobypassrls;
    end if;
end
$$;

grant comuta_platform to comuta_app;
grant comuta_platform to comuta_owner;
